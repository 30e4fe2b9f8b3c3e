package dev.labelloop.worker.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.Wiring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpecificationFilesTest {
  @TempDir private Path folder;

  @BeforeEach
  void writeAFolder() throws IOException {
    Files.createDirectory(folder.resolve("images"));
    for (String image : List.of("pool.jpg", "gold.jpg")) {
      Files.createFile(folder.resolve("images").resolve(image)); // nobody looks inside yet
    }
    coco("gold.json", "gold.jpg");
    coco("truth.json", "gold.jpg", "pool.jpg");
  }

  @Test
  void hasNothingAgainstWhatFits() {
    assertThatCode(() -> check()).doesNotThrowAnyException();
  }

  @Test
  void refusesAFolderWithoutImages() throws Exception {
    Files.delete(folder.resolve("images/pool.jpg"));
    Files.delete(folder.resolve("images/gold.jpg"));

    assertThatThrownBy(() -> check())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("images holds no image: put JPEG, PNG or BMP files there");
  }

  @Test
  void saysWhyItTakesNoneOfTheFiles() throws Exception {
    for (String image : List.of("pool.jpg", "gold.jpg")) {
      Files.move(folder.resolve("images").resolve(image), folder.resolve(image));
      Files.createSymbolicLink(folder.resolve("images").resolve(image), folder.resolve(image));
    }

    assertThatThrownBy(() -> check())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("all 2 files are refused")
        .hasMessageContaining("is a link that leads out of the image folder");
  }

  @Test
  void refusesATruthThatKnowsNothingOfThePool() throws Exception {
    coco("truth.json", "gold.jpg", "elsewhere.jpg");

    assertThatThrownBy(() -> check())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("truth.json knows no image of the pool in");
  }

  @Test
  void refusesWeightsThatCannotBeUsed() throws Exception {
    Path weights = folder.resolve("w.safetensors");
    Files.write(weights, new byte[] {1, 2, 3});
    assertThatThrownBy(() -> check("model.weights=" + weights))
        .hasMessageContaining("no model.json beside the weights");
  }

  private void check(String... overrides) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("spec.yaml"),
            """
            name: files
            classes: [car]
            images: images
            holdout: gold.json
            model: {family: yolox, size: nano, input: 64}
            review: {tool: simulated, truth: truth.json}
            """);
    SpecificationFiles.check(
        new SpecificationReader(Wiring.offer(), folder).read(file, List.of(overrides)));
  }

  private void coco(String name, String... images) throws IOException {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < images.length; i++) {
      entries.append(i == 0 ? "" : ",");
      entries.append(
          "{\"id\": %d, \"file_name\": \"%s\", \"width\": 10, \"height\": 10}"
              .formatted(i + 1, images[i]));
    }
    Files.writeString(
        folder.resolve(name),
        """
        {"images": [%s], "annotations": [], "categories": [{"id": 1, "name": "car"}]}
        """
            .formatted(entries));
  }
}
