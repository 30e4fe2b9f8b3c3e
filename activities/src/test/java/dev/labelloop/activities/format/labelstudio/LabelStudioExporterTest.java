package dev.labelloop.activities.format.labelstudio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.Labels;
import dev.labelloop.core.Box;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelStudioExporterTest {
  @TempDir Path folder;

  @Test
  void writesTheGoldenTasks() throws Exception {
    Path target = folder.resolve("tasks.json");
    List<ImageLabels> images =
        List.of(
            new ImageLabels(
                "a.jpg",
                1920,
                1080,
                List.of(
                    BoxLabel.scored(Labels.BOX, 0, 0.62),
                    BoxLabel.scored(new Box(1900, 1000, 40, 60), 1, 0.3), // sticks out by 20
                    new BoxLabel(new Box(1, 1, 5, 5), 0, null, true))),
            new ImageLabels("lot/b #1.jpg", 640, 480, List.of()));
    new LabelStudioExporter().export(Labels.CLASSES, images.iterator(), target);
    assertThat(target).hasContent(Files.readString(Labels.golden("labelstudio.json")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vehicles-openimages", "bccd", "aerial-cars"})
  void keepsRealLabelsWithinAThousandthOfAPixelAndWithinAHundredPercent(String dataset)
      throws Exception {
    LabelFile labels = Labels.real(dataset);
    Path target = folder.resolve("tasks.json");
    new LabelStudioExporter(new LabelStudioOptions("https://images.example/", "det-r1"))
        .export(labels.classes(), labels.images().iterator(), target);
    JsonNode tasks = new ObjectMapper().readTree(target.toFile());
    assertThat(tasks).hasSameSizeAs(labels.images());
    for (int t = 0; t < tasks.size(); t++) {
      ImageLabels image = labels.images().get(t);
      JsonNode result = tasks.get(t).at("/predictions/0/result");
      assertThat(tasks.get(t).at("/data/image").asText())
          .isEqualTo("https://images.example/" + image.path());
      assertThat(result).hasSameSizeAs(image.boxes());
      for (int i = 0; i < result.size(); i++) {
        BoxLabel label = image.boxes().get(i);
        JsonNode value = result.get(i).get("value");
        assertThat(pixels(value, "x", image.width())).isCloseTo(label.box().x(), within(1e-3));
        assertThat(pixels(value, "y", image.height())).isCloseTo(label.box().y(), within(1e-3));
        assertThat(pixels(value, "width", image.width()))
            .isCloseTo(label.box().width(), within(1e-3));
        assertThat(pixels(value, "height", image.height()))
            .isCloseTo(label.box().height(), within(1e-3));
        assertThat(value.get("rectanglelabels").get(0).asText())
            .isEqualTo(labels.classes().name(label.classIndex()));
      }
    }
  }

  private static double pixels(JsonNode value, String field, int side) {
    double percent = value.get(field).asDouble();
    assertThat(percent).isBetween(0.0, 100.0);
    return percent / 100 * side;
  }
}
