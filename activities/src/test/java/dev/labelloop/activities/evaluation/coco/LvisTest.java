package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lvis-api says of the same files; {@code expected.py} beside them asks it. */
class LvisTest {
  private static final Path FIXTURE = Path.of("src/test/resources/evaluation/lvis");
  private static final String TRUTH =
      """
      {"categories": [{"id": 1, "frequency": "r"}, {"id": 2, "frequency": "f"}],
       "images": [{"id": 5, "neg_category_ids": [], "not_exhaustive_category_ids": []}],
       "annotations": [{"id": 1, "image_id": 5, "category_id": 1, "bbox": [0, 0, 10, 10]}]}
      """;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> equalsLvisApi() throws IOException {
    JsonNode expected = new ObjectMapper().readTree(FIXTURE.resolve("expected.json").toFile());
    assertThat(expected.get("mostDetectionsOfAnImage").intValue()).isGreaterThan(12);
    return StreamSupport.stream(expected.get("runs").spliterator(), false)
        .map(run -> DynamicTest.dynamicTest(run.get("maxDetections").asText(), () -> check(run)));
  }

  private static void check(JsonNode run) throws IOException {
    CocoResult result =
        CocoEvaluation.evaluate(
            FIXTURE.resolve("truth.json"),
            FIXTURE.resolve("detections.json"),
            Protocol.LVIS.withLimits(run.get("maxDetections").intValue()));

    List<String> names = run.get("results").properties().stream().map(e -> e.getKey()).toList();
    assertThat(result.statNames()).isEqualTo(names);
    assertThat(result.stats())
        .containsExactly(
            names.stream().mapToDouble(n -> run.at("/results/" + n).doubleValue()).toArray());
    assertThat(EvaluationBenchmark.hash(result.precision()))
        .isEqualTo(run.at("/sha256/precision").asText());
    assertThat(EvaluationBenchmark.hash(result.recall()))
        .isEqualTo(run.at("/sha256/recall").asText());
  }

  @Test
  void whatAnImageWasNotLabelledWithIsNotJudged() throws IOException {
    // A box of class 2, of which nobody said whether the image shows it, and one of class 1.
    String found = found(box(2, 0.9), box(1, 0.8));

    CocoResult result = evaluate(TRUTH, found);

    assertThat(result.perClass().get(0).ap()).isCloseTo(1, within(1e-12));
    assertThat(result.perClass()).extracting(c -> c.detections()).containsExactly(1, 0);
  }

  @Test
  void anImageHasItsLimitOverAllClasses() throws IOException {
    // The limit of one goes to class 2, even to a class that the truth does not know.
    for (int other : new int[] {2, 77}) {
      String found = found(box(other, 0.9), box(1, 0.8));

      CocoResult result = evaluate(TRUTH, found, Protocol.LVIS.withLimits(1));

      assertThat(result.perClass().get(0).ap()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"frequency\": \"r\"|\"name\": \"cup\"|categories[0].frequency is missing",
        "\"frequency\": \"r\"|\"frequency\": \"often\"|categories[0].frequency = \"often\": write r, c",
        "\"neg_category_ids\": [], ||images[0].neg_category_ids is missing",
        "\"neg_category_ids\": []|\"neg_category_ids\": 3|images[0].neg_category_ids = 3: write a",
        "\"neg_category_ids\": []|\"neg_category_ids\": [1.5]|images[0].neg_category_ids = 1.5",
        "\"not_exhaustive_category_ids\"|\"others\"|not_exhaustive_category_ids is missing",
      })
  void aTruthThatIsNotFederatedIsRefused(String good, String bad, String message) {
    assertThat(TRUTH).contains(good);
    String truth = TRUTH.replace(good, bad == null ? "" : bad);

    assertThatThrownBy(() -> evaluate(truth, "[]"))
        .isInstanceOf(InvalidCocoException.class)
        .hasMessageContaining(message);
  }

  private static String box(int category, double score) {
    return "{\"image_id\": 5, \"category_id\": %d, \"bbox\": [0, 0, 10, 10], \"score\": %s}"
        .formatted(category, score);
  }

  private static String found(String... boxes) {
    return "[" + String.join(", ", boxes) + "]";
  }

  private CocoResult evaluate(String truth, String found) throws IOException {
    return evaluate(truth, found, Protocol.LVIS);
  }

  private CocoResult evaluate(String truth, String found, Protocol protocol) throws IOException {
    Path gt = Files.writeString(folder.resolve("gt.json"), truth);
    Path dt = Files.writeString(folder.resolve("dt.json"), found);
    return CocoEvaluation.evaluate(gt, dt, protocol);
  }
}
