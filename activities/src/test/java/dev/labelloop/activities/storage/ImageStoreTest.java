package dev.labelloop.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.Pictures;
import dev.labelloop.core.ImageId;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageStoreTest {
  private static final String PATH = "a/b.jpg";

  @TempDir Path folder;
  private byte[] file = {};
  private ImageStore store;

  @BeforeEach
  void writeAPicture() throws Exception {
    file = Pictures.jpeg(Pictures.corners(20, 10));
    Files.createDirectories(folder.resolve("a"));
    Files.write(folder.resolve(PATH), file);
    store = new ImageStore(folder, new ImageDecoder());
  }

  @Test
  void opensARegisteredImage() {
    ImageId id = ImageStore.idOf(file);
    assertThat(store.bytes(id, PATH)).isEqualTo(file);
    assertThat(store.open(id, PATH).width()).isEqualTo(20);
  }

  @Test
  void refusesAFileThatHasChanged() throws Exception {
    ImageId id = ImageStore.idOf(file);
    Files.write(folder.resolve(PATH), Pictures.jpeg(Pictures.corners(20, 12)));
    assertThatThrownBy(() -> store.open(id, PATH))
        .isInstanceOf(ImageRejectedException.class)
        .hasMessageContaining("b.jpg has changed since it was registered");
  }

  @Test
  void refusesAFileThatIsGoneFromAmongOthers() throws Exception {
    Files.copy(folder.resolve(PATH), folder.resolve("a/other.jpg"));
    Files.delete(folder.resolve(PATH));
    assertThatThrownBy(() -> store.open(ImageStore.idOf(file), PATH))
        .isInstanceOf(ImageRejectedException.class)
        .hasMessageContaining("b.jpg is gone: put it back");
  }

  @Test
  void waitsForAFolderThatIsEmptyAsIfItsDiskWereNotMounted() throws Exception {
    Files.delete(folder.resolve(PATH));
    assertThatThrownBy(() -> store.open(ImageStore.idOf(file), PATH))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("b.jpg");
  }

  @Test
  void neverLeavesItsFolder() {
    for (String path : new String[] {"../x.jpg", "a/../../x.jpg", "/etc/passwd", ".", ""}) {
      assertThatThrownBy(() -> store.file(path))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("leads out of");
    }
  }
}
