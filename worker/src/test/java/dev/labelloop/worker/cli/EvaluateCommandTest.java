package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  private static final String TRUTH =
      """
      {"images": [{"id": 1, "width": 100, "height": 100, "file_name": "a.png"}],
       "categories": [{"id": 1, "name": "Car"}, {"id": 2, "name": "Bus"}],
       "annotations": [
         {"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 10, 40, 40], "area": 1600,
          "iscrowd": 0}]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    Files.writeString(folder.resolve("truth.json"), TRUTH);
    Files.writeString(
        folder.resolve("found.json"),
        "[{\"image_id\": 1, \"category_id\": 1, \"bbox\": [10, 10, 40, 40], \"score\": 0.9}]");
  }

  @Test
  void answersWithTheTwelveNumbersInTheirOrder() {
    JsonNode answer = evaluate("found.json", "--json").json();

    // One medium box (40 × 40 = 1,600 ≥ 32²), found exactly: all is 1 but small and large.
    double[] expected = {1, 1, 1, -1, 1, -1, 1, 1, 1, -1, 1, -1};
    assertThat(answer.get("stats")).hasSize(12);
    for (int i = 0; i < expected.length; i++) {
      assertThat(answer.get("stats").get(i).doubleValue()).isCloseTo(expected[i], within(1e-12));
    }
    assertThat(answer.get("map").doubleValue()).isCloseTo(1, within(1e-12));
    assertThat(answer.get("perClass").get("Car").doubleValue()).isCloseTo(1, within(1e-12));
    assertThat(answer.get("perClass").get("Bus").isNull()).isTrue();
  }

  @Test
  void printsATableForPeople() {
    assertThat(evaluate("found.json").out())
        .containsPattern("AP50 +1\\.000")
        .containsPattern("APsmall +-")
        .containsPattern("AP Car +1\\.000");
  }

  @Test
  void refusesAFileThatIsNoDetections() {
    Ran ran = evaluate("truth.json", "--json");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("labelloop: ").contains("truth.json");
  }

  private Ran evaluate(String detections, String... more) {
    String[] args = {
      "evaluate",
      "--truth",
      folder.resolve("truth.json").toString(),
      "--detections",
      folder.resolve(detections).toString()
    };
    return Ran.run(Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
  }
}
