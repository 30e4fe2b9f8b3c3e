package dev.labelloop.activities.dataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Shared;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.Pictures;
import dev.labelloop.activities.sandbox.InProcess;
import dev.labelloop.activities.sandbox.PictureWork;
import dev.labelloop.activities.storage.ImageStore;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderScanTest {
  @TempDir Path folder;
  private final FolderScan scan = new FolderScan(FolderScanTest::pictures, 2);

  @Test
  void listsImagesByPathWithTheirUprightSize() throws Exception {
    write("b.png", Pictures.file(Pictures.corners(30, 20), "png"));
    byte[] turned = Pictures.withExif(jpeg(30, 20), Pictures.tiff(6, ByteOrder.BIG_ENDIAN));
    write("a/z.JPG", turned);
    write("notes.txt", "no image".getBytes(UTF_8));

    FolderScan.Result result = scan();
    assertThat(result.images())
        .containsExactly(
            new StoredImage(ImageStore.idOf(turned), "a/z.JPG", 20, 30),
            new StoredImage(
                ImageStore.idOf(Files.readAllBytes(folder.resolve("b.png"))), "b.png", 30, 20));
    assertThat(result.quarantine()).isEmpty();
    assertThat(result.duplicates()).isEmpty();
  }

  @Test
  void keepsTheFirstOfEqualFiles() throws Exception {
    byte[] picture = jpeg(8, 8);
    write("c.jpg", picture);
    write("a.jpg", picture);
    write("b.jpg", jpeg(8, 9));

    FolderScan.Result result = scan();
    assertThat(result.images()).extracting(StoredImage::path).containsExactly("a.jpg", "b.jpg");
    assertThat(result.duplicates())
        .containsExactly(new FolderScan.Duplicate("c.jpg", ImageStore.idOf(picture), "a.jpg"));
  }

  @Test
  void quarantinesWhatCannotBeUsedAndGoesOn() throws Exception {
    write("good.jpg", jpeg(8, 8));
    write("cut.jpg", Arrays.copyOf(jpeg(8, 8), 300));
    write("empty.jpg", new byte[0]);
    write("text.jpg", "hello".getBytes(UTF_8));
    write("new.webp", "RIFF....WEBP".getBytes(UTF_8));

    FolderScan.Result result = scan();
    assertThat(result.images()).extracting(StoredImage::path).containsExactly("good.jpg");
    assertThat(result.quarantine())
        .extracting(FolderScan.Quarantined::path)
        .containsExactly("cut.jpg", "empty.jpg", "new.webp", "text.jpg");
    assertThat(result.quarantine().get(0).reason()).startsWith("cut.jpg is cut off");
  }

  @Test
  void followsNoLinkOutOfTheFolder(@TempDir Path elsewhere) throws Exception {
    write("real.jpg", jpeg(8, 8));
    Files.write(elsewhere.resolve("secret.jpg"), jpeg(8, 9));
    Files.createSymbolicLink(folder.resolve("out.jpg"), elsewhere.resolve("secret.jpg"));
    Files.createSymbolicLink(folder.resolve("outside"), elsewhere);
    Files.createSymbolicLink(folder.resolve("nowhere.jpg"), folder.resolve("missing.jpg"));
    Files.createSymbolicLink(folder.resolve("within.jpg"), folder.resolve("real.jpg"));
    Files.createSymbolicLink(folder.resolve("circle"), folder);

    FolderScan.Result result = scan();
    assertThat(result.images()).extracting(StoredImage::path).containsExactly("real.jpg");
    assertThat(result.duplicates())
        .extracting(FolderScan.Duplicate::path)
        .containsExactly("within.jpg");
    assertThat(result.quarantine())
        .extracting(FolderScan.Quarantined::path)
        .containsExactly("circle", "nowhere.jpg", "out.jpg", "outside");
  }

  @Test
  void leavesHiddenFilesAlone() throws Exception {
    write("a.jpg", jpeg(8, 8));
    write("._a.jpg", "resource fork".getBytes(UTF_8));
    write(".thumbs/a.jpg", jpeg(4, 4));
    assertThat(scan().images()).hasSize(1);
    assertThat(scan().quarantine()).isEmpty();
  }

  @Test
  void refusesAFolderWithoutImages() throws Exception {
    assertThatThrownBy(this::scan)
        .isInstanceOf(BadDatasetException.class)
        .hasMessageContaining("holds no image");
    write("text.jpg", "hello".getBytes(UTF_8));
    assertThatThrownBy(this::scan)
        .isInstanceOf(BadDatasetException.class)
        .hasMessageContaining(
            "all 1 files are refused, the first because text.jpg is not an image");
  }

  @Test
  void refusesAMissingFolder() throws Exception {
    Path missing = folder.resolve("imagse");
    assertThatThrownBy(() -> scan.scan(missing, (files, all) -> {}))
        .isInstanceOf(BadDatasetException.class)
        .hasMessageContaining("imagse does not exist");
    write("a.jpg", jpeg(8, 8));
    assertThatThrownBy(() -> scan.scan(folder.resolve("a.jpg"), (files, all) -> {}))
        .isInstanceOf(BadDatasetException.class)
        .hasMessageContaining("a.jpg is no folder");
  }

  @Test
  void tellsItsProgressAtEachFileAndEndsWhenToldTo() throws Exception {
    for (int i = 0; i < 20; i++) {
      write(i + ".jpg", jpeg(8, 8 + i));
    }
    Set<Integer> heard = Collections.synchronizedSet(new TreeSet<>());
    scan.scan(
        folder,
        (files, all) -> {
          assertThat(all).isEqualTo(20);
          heard.add(files);
        });
    assertThat(heard).hasSize(21).contains(0, 1, 20); // 0: while the first is read

    assertThatThrownBy(
            () ->
                scan.scan(
                    folder,
                    (files, all) -> {
                      throw new IllegalStateException("enough");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
  }

  @Test
  void readsARealFolderTheSameWithAnyThreadCount() {
    Path images = Shared.path("datasets/vehicles-openimages/images");
    FolderScan.Result two = scan.scan(images, (files, all) -> {});
    assertThat(two.images()).hasSize(627);
    assertThat(two.quarantine()).isEmpty();
    assertThat(new FolderScan(FolderScanTest::pictures, 1).scan(images, (files, all) -> {}))
        .isEqualTo(two);
  }

  private static PictureWork pictures() {
    return new InProcess(new ImageDecoder());
  }

  private FolderScan.Result scan() {
    return scan.scan(folder, (files, all) -> {});
  }

  private void write(String path, byte[] bytes) throws Exception {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] jpeg(int width, int height) {
    return Pictures.jpeg(Pictures.corners(width, height));
  }
}
