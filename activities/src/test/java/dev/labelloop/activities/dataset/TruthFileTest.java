package dev.labelloop.activities.dataset;

import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthFileTest {
  private static final List<String> CLASSES = List.of("car", "bus");

  @TempDir private Path folder;

  @Test
  void findsAnImageByEveryPathThatItLiesAt() throws Exception {
    // The file names the second of two equal files, and one that the campaign does not have.
    Path file = file("[1, 2, 3, 4]", "copy.jpg", "elsewhere.jpg");

    assertThat(read(file, stored("first.jpg", "a"), stored("copy.jpg", "a")))
        .isEqualTo(Map.of(image("a"), List.of(new LabelledBox(new Box(1, 2, 3, 4), 1))));
  }

  @Test
  void refusesABoxOutsideThePictureWhoseTrueSizeIsKnown() throws Exception {
    // The file claims 1000 × 1000 pixels, the picture has 100 × 50.
    Path file = file("[200, 2, 30, 40]", "a.jpg");

    assertThatThrownBy(() -> read(file, stored("a.jpg", "a")))
        .isInstanceOf(InvalidLabelsException.class)
        .hasMessageContaining("a.jpg")
        .hasMessageContaining("100 x 50");
  }

  private static Map<ImageId, List<LabelledBox>> read(Path file, StoredImage... images) {
    return TruthFile.readKnown(new CocoImporter(), file, List.of(images), CLASSES);
  }

  private static StoredImage stored(String path, String content) {
    return new StoredImage(image(content), path, 100, 50);
  }

  /** A file of these images, the first of which has one bus. */
  private Path file(String box, String... paths) throws IOException {
    StringBuilder images = new StringBuilder();
    for (int i = 0; i < paths.length; i++) {
      images.append(i == 0 ? "" : ",");
      images.append(
          "{\"id\": %d, \"file_name\": \"%s\", \"width\": 1000, \"height\": 1000}"
              .formatted(i + 1, paths[i]));
    }
    return Files.writeString(
        folder.resolve("truth.json"),
        """
        {"images": [%s], "categories": [{"id": 1, "name": "car"}, {"id": 2, "name": "bus"}],
         "annotations": [{"id": 1, "image_id": 1, "category_id": 2, "bbox": %s}]}
        """
            .formatted(images, box));
  }
}
