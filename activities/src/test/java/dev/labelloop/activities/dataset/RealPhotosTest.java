package dev.labelloop.activities.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.activities.Shared;
import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory;
import dev.labelloop.activities.evaluation.dashboard.ImageHistoryRepository;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.Pictures;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.sandbox.InProcess;
import dev.labelloop.activities.storage.ImageStore;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ImageId;
import dev.labelloop.dataset.DatasetActivities;
import io.temporal.testing.TestActivityEnvironment;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Near-duplicates among real photos. */
class RealPhotosTest {
  private static final int PHOTOS = 40;

  /** Copies are smaller, written again as JPEG, and cut on each side by this share. */
  private static final double CUT = 0.02;

  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  @TempDir private Path folder;
  @TempDir private Path elsewhere;
  private final Stores stores = new Stores(POSTGRES.database());

  @Test
  void findsEveryAlteredCopyAndNothingElse() throws Exception {
    List<String> photos = copyPhotos();
    Map<String, String> copies = new TreeMap<>();
    for (String photo : photos.subList(0, PHOTOS / 2)) {
      copies.put("copy-" + photo, photo);
      Files.write(folder.resolve("copy-" + photo), altered(folder.resolve(photo)));
    }
    List<String> holdout = photos.subList(PHOTOS / 4, 3 * PHOTOS / 4);

    Map<String, String> found = found(holdout::contains);

    // Of the first quarter the originals are in the pool, like the copies: that is no leak.
    copies.values().retainAll(holdout);
    assertThat(copies).hasSize(PHOTOS / 4);
    assertThat(found).isEqualTo(copies);
  }

  @Test
  void registersThemAndKeepsThemOut() throws Exception {
    List<String> photos = copyPhotos();
    Files.write(folder.resolve("copy.jpg"), altered(folder.resolve(photos.get(0))));
    Path gold = elsewhere.resolve("gold.json");
    Files.writeString(gold, coco(photos.subList(0, 10)));
    CampaignSpec spec = Specs.of("photos").images(folder).holdout(gold).build();
    stores.campaigns.create(spec);
    TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    temporal.registerActivitiesImplementations(
        new DatasetActivitiesImpl(stores.campaigns, stores.images, scan()));

    temporal.newActivityStub(DatasetActivities.class).registerDataset(spec.name());
    temporal.close();

    ImageId copy = ImageStore.idOf(Files.readAllBytes(folder.resolve("copy.jpg")));
    assertThat(stores.nearDuplicates.keptOut(spec.name())).containsExactly(copy);
    assertThat(stores.images.unlabelledPool(spec.name()))
        .extracting(StoredImage::path)
        .hasSize(PHOTOS - 10)
        .doesNotContain("copy.jpg");
    ImageId gilded = ImageStore.idOf(Files.readAllBytes(folder.resolve(photos.get(0))));
    assertThat(
            new ImageHistoryRepository(POSTGRES.database())
                .find(spec.name(), gilded)
                .orElseThrow()
                .annotations())
        .extracting(ImageHistory.Annotated::maker)
        .containsExactly("file gold.json"); // where it lies is nobody's business
    assertThat(stores.campaigns.removeUnprepared(spec.name())).isTrue();
    assertThat(POSTGRES.rows()).isEmpty();
  }

  /** A truth without any object. */
  private static String coco(List<String> photos) throws IOException {
    ObjectNode coco = new ObjectMapper().createObjectNode();
    ArrayNode images = coco.putArray("images");
    for (String photo : photos) {
      images.addObject().put("id", images.size()).put("file_name", photo);
    }
    images.forEach(image -> ((ObjectNode) image).put("width", 416).put("height", 416));
    coco.putArray("annotations");
    coco.putArray("categories").addObject().put("id", 1).put("name", "car");
    return coco.toString();
  }

  @Test
  void findsTheBloodThatWasTakenTwice() throws Exception {
    Path blood = Shared.path("datasets/bccd/images");
    for (int i = 30; i < 60; i++) {
      String name = String.format("BloodImage_%05d.jpg", i);
      if (Files.exists(blood.resolve(name))) {
        Files.copy(blood.resolve(name), folder.resolve(name));
      }
    }

    assertThat(found(path -> path.compareTo("BloodImage_00038") < 0))
        .containsExactly(Map.entry("BloodImage_00038.jpg", "BloodImage_00037.jpg"));
  }

  private List<String> copyPhotos() throws IOException {
    List<String> names = new ArrayList<>();
    try (var all = Files.list(Shared.path("datasets/vehicles-openimages/images"))) {
      for (Path photo : all.sorted().limit(PHOTOS).toList()) {
        Files.copy(photo, folder.resolve(photo.getFileName()));
        names.add(photo.getFileName().toString());
      }
    }
    return names;
  }

  /** Paths of the pool's images that look like one of the holdout, and that one's. */
  private Map<String, String> found(Predicate<String> holdout) {
    FolderScan.Result scanned = scan().scan(folder, (done, of) -> {});
    Map<ImageId, String> paths = new TreeMap<>();
    scanned.images().forEach(image -> paths.put(image.id(), image.path()));
    List<StoredImage> apart =
        scanned.images().stream().filter(image -> holdout.test(image.path())).toList();
    List<StoredImage> pool =
        scanned.images().stream().filter(image -> !holdout.test(image.path())).toList();
    Map<String, String> found = new TreeMap<>();
    for (NearDuplicate pair : NearDuplicates.find(pool, apart, scanned.hashes(), () -> {})) {
      found.put(paths.get(pair.image()), paths.get(pair.holdout()));
    }
    return found;
  }

  private static FolderScan scan() {
    return new FolderScan(() -> new InProcess(new ImageDecoder()), 2);
  }

  private static byte[] altered(Path photo) throws IOException {
    BufferedImage full = ImageIO.read(photo.toFile());
    int dx = (int) (full.getWidth() * CUT);
    int dy = (int) (full.getHeight() * CUT);
    BufferedImage cut =
        full.getSubimage(dx, dy, full.getWidth() - 2 * dx, full.getHeight() - 2 * dy);
    BufferedImage small = new BufferedImage(300, 300, BufferedImage.TYPE_3BYTE_BGR);
    Graphics2D graphics = small.createGraphics();
    graphics.drawImage(cut, 0, 0, 300, 300, null);
    graphics.dispose();
    return Pictures.jpeg(small);
  }
}
