package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.Shared;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What pycocotools 2.0.11 with numpy 2.4.6 says of the same files. */
class CocoFixtureTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void theLargeFileGivesTheSameBitsAsPycocotools() throws IOException {
    Path fixture = Shared.path("fixtures/coco-eval");
    JsonNode expected = JSON.readTree(fixture.resolve("expected.json").toFile());

    CocoResult result =
        CocoEvaluation.evaluate(gunzip(fixture, "gt.json"), gunzip(fixture, "dt.json"));

    JsonNode hashes = expected.at("/arrays/sha256");
    assertThat(EvaluationBenchmark.hash(result.precision()))
        .isEqualTo(hashes.get("precision").asText());
    assertThat(EvaluationBenchmark.hash(result.scores())).isEqualTo(hashes.get("scores").asText());
    assertThat(EvaluationBenchmark.hash(result.recall())).isEqualTo(hashes.get("recall").asText());
    assertThat(result.stats()).containsExactly(numbers(expected.get("stats")));
    assertThat(result.perClass().stream().mapToDouble(CocoResult.ClassFigures::ap).toArray())
        .containsExactly(numbers(expected.get("perCategoryAP")));
    assertThat(result.perClass().stream().map(c -> Long.toString(c.id())))
        .containsExactlyElementsOf(names(expected.get("perCategoryAP")));
  }

  @Test
  void theMeansEqualThoseOfAnOlderNumpyToo() throws IOException {
    Path fixture = Shared.path("fixtures/coco-eval");
    CocoResult result =
        CocoEvaluation.evaluate(gunzip(fixture, "gt.json"), gunzip(fixture, "dt.json"));

    // pycocotools 2.0.11 with numpy 1.24.2 on the same files
    assertThat(result.summedBy(NumpySum.CHUNKED).stats())
        .containsExactly(
            0.36233731066464847,
            0.48004312092960627,
            0.38075923966301994,
            0.3773905674533013,
            0.4084030035720555,
            0.4349436038605899,
            0.3358717904619611,
            0.6017313940708858,
            0.6154627762656717,
            0.620088454219646,
            0.617086677263571,
            0.6193765018515371);
  }

  @TestFactory
  Stream<DynamicTest> everyRuleHoldsInItsCase() throws IOException {
    JsonNode cases = JSON.readTree(Shared.path("fixtures/coco-eval/cases.json").toFile());
    assertThat(cases).hasSize(22);
    return StreamSupport.stream(cases.spliterator(), false)
        .map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> check(c)));
  }

  private void check(JsonNode c) throws IOException {
    Path gt = Files.write(folder.resolve("gt.json"), JSON.writeValueAsBytes(c.get("gt")));
    Path dt = Files.write(folder.resolve("dt.json"), JSON.writeValueAsBytes(c.get("dt")));

    CocoResult result = CocoEvaluation.evaluate(gt, dt);

    assertThat(names(c.get("expected"))).isEqualTo(result.statNames());
    assertThat(result.stats())
        .as(c.get("note").asText())
        .containsExactly(numbers(c.get("expected")));
    assertThat(result.perClass().stream().mapToDouble(CocoResult.ClassFigures::ap).toArray())
        .containsExactly(numbers(c.get("perCategoryAP")));
  }

  private Path gunzip(Path fixture, String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(fixture.resolve(name + ".gz")))) {
      Files.write(file, in.readAllBytes());
    }
    return file;
  }

  private static double[] numbers(JsonNode object) {
    return StreamSupport.stream(object.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  private static List<String> names(JsonNode object) {
    return object.properties().stream().map(e -> e.getKey()).toList();
  }
}
