package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.Shared;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * pycocotools itself on generated files of 20 seeds, and with other thresholds, areas and limits on
 * smaller ones: {@code pycocotools_arrays.py} runs it.
 *
 * <p>The files are of 400 images, or of as many as the system property {@code pycocotools.images}
 * says.
 */
class PycocotoolsTest {
  private static final Path SCRIPT = Path.of("src/test/resources/evaluation/pycocotools_arrays.py");
  private static final int IMAGES = Integer.getInteger("pycocotools.images", 400);
  private static final int CASES = 27;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void everyBitEqualsPycocotools() throws IOException, InterruptedException {
    Path generator = Shared.path("fixtures/coco-eval/generate.py");
    Path python = PythonEnvironment.with("pycocotools", "pycocotools==2.0.11");
    Process process =
        new ProcessBuilder(
                python.toString(),
                SCRIPT.toString(),
                generator.toString(),
                folder.toString(),
                String.valueOf(IMAGES))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader()) {
      NumpySum sum = sumOf(Double.parseDouble(lines.readLine()));
      int cases = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        compare(JSON.readTree(line), sum);
        cases++;
      }
      assertThat(cases).isEqualTo(CASES);
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The way in which the installed numpy adds 1 + 1/2 + ... + 1/20,000. */
  private static NumpySum sumOf(double numpys) {
    double[] values = IntStream.range(0, 20_000).mapToDouble(i -> 1 / (i + 1.0)).toArray();
    List<NumpySum> ways =
        Stream.of(NumpySum.values()).filter(w -> w.of(values, values.length) == numpys).toList();
    assertThat(ways).hasSize(1);
    return ways.get(0);
  }

  private void compare(JsonNode measured, NumpySum sum) throws IOException {
    Path files = folder.resolve(measured.get("folder").asText());

    CocoResult result =
        CocoEvaluation.evaluate(
            files.resolve("gt.json"), files.resolve("dt.json"), protocol(measured));

    String what = measured.toString();
    assertThat(result.summedBy(sum).stats()).as(what).containsExactly(doubles(files, "stats"));
    assertSameBits(what, result.precision(), doubles(files, "precision"));
    assertSameBits(what, result.recall(), doubles(files, "recall"));
    assertSameBits(what, result.scores(), doubles(files, "scores"));
    for (String name : List.of("gt.json", "dt.json", "precision.f8", "scores.f8")) {
      Files.delete(files.resolve(name)); // the large ones
    }
  }

  private static Protocol protocol(JsonNode measured) {
    List<AreaRange> areas =
        StreamSupport.stream(measured.get("areas").spliterator(), false)
            .skip(1) // all
            .map(a -> new AreaRange(a.get(0).asText(), a.get(1).asDouble(), a.get(2).asDouble()))
            .toList();
    return Protocol.STANDARD
        .withThresholds(JSON.convertValue(measured.get("iou"), double[].class))
        .withAreas(areas)
        .withLimits(JSON.convertValue(measured.get("limits"), int[].class));
  }

  private static double[] doubles(Path folder, String array) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(array + ".f8"));
    double[] values = new double[bytes.length / Double.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(values);
    return values;
  }

  private static void assertSameBits(String what, double[] actual, double[] expected) {
    assertThat(Arrays.equals(actual, expected)).as(what).isTrue(); // equal bits, by its contract
  }
}
