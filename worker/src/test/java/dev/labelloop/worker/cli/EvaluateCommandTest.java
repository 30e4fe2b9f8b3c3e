package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    Files.writeString(
        folder.resolve("shifted.json"),
        "[{\"image_id\": 1, \"category_id\": 1, \"bbox\": [10, 10, 32, 40], \"score\": 0.9}]");
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
        .containsPattern("medium +1\\.000 +1\\.000")
        .containsPattern("class +AP +AP50 +AR +boxes +found")
        .containsPattern("Car +1\\.000 +1\\.000 +1\\.000 +1 +1")
        .containsPattern("Bus +- +- +- +0 +0");
  }

  @Test
  void measuresWhatIsAskedFor() {
    // IoU of the two boxes: 32 of 40 columns, 0.8. The area 1,600 is in "mid" alone.
    JsonNode answer =
        evaluate(
                "shifted.json",
                "--json",
                "--iou",
                "0.6:0.9:0.1",
                "--areas",
                "mid=1600..1600,big=1601..",
                "--max-detections",
                "1,2,3")
            .json();

    assertThat(answer.get("names").toString()).contains("\"AR1\",\"AR2\",\"AR3\"");
    assertThat(answer.at("/stats/0").doubleValue()).isEqualTo(-1); // it is that of 100 detections
    assertThat(answer.at("/map").doubleValue()).isCloseTo(0.75, within(1e-12)); // 3 of 4
    assertThat(answer.at("/ap50").isNull()).isTrue(); // 0.5 is not measured
    assertThat(answer.at("/areas/all/ap").doubleValue()).isCloseTo(0.75, within(1e-12));
    assertThat(answer.at("/areas/mid/ar").doubleValue()).isCloseTo(0.75, within(1e-12));
    assertThat(answer.at("/areas/big/ap").isNull()).isTrue();
    assertThat(answer.at("/classes/0/truths").intValue()).isEqualTo(1);
  }

  @Test
  void writesTheArraysAsNumpySavesThem() throws IOException {
    evaluate("found.json", "--json", "--arrays", folder.toString());

    ByteBuffer file =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("recall.npy")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int begin = 10 + file.getShort(8);
    String header = new String(file.array(), 10, begin - 10, StandardCharsets.US_ASCII);
    assertThat(begin % 64).isZero();
    assertThat(header)
        .startsWith("{'descr': '<f8', 'fortran_order': False, 'shape': (10, 2, 4, 3,), }")
        .endsWith("\n");
    assertThat(file.capacity()).isEqualTo(begin + 8 * 10 * 2 * 4 * 3);
    assertThat(file.getDouble(begin)).isEqualTo(1); // of Car, over all sizes, by one detection
    assertThat(file.getDouble(begin + 8 * 3)).isEqualTo(-1); // it is not small
    assertThat(Files.size(folder.resolve("precision.npy")))
        .isEqualTo(Files.size(folder.resolve("scores.npy")))
        .isEqualTo(128 + 8L * 10 * 101 * 2 * 4 * 3);
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    assertThat(evaluate("found.json", "--arrays", "nowhere").err())
        .contains("--arrays nowhere is no folder: make it first");
  }

  @Test
  void refusesAWayToAddThatIsNotKnown() {
    assertThat(evaluate("found.json", "--sums", "fast").err())
        .contains("'--sums'")
        .contains("TREE");
  }

  @Test
  void writesTheCurvesOfAllClasses() throws IOException {
    Path file = folder.resolve("curves.json");

    assertThat(evaluate("shifted.json", "--curves", file.toString()).code()).isZero();

    JsonNode curves = new ObjectMapper().readTree(file.toFile());
    assertThat(curves.at("/iou")).hasSize(10);
    assertThat(curves.at("/recall")).hasSize(101);
    assertThat(curves.at("/classes/0/name").asText()).isEqualTo("Car");
    // Found at IoU .80, the seventh threshold, and not at .85.
    assertThat(curves.at("/classes/0/precision/6/100").doubleValue()).isCloseTo(1, within(1e-12));
    assertThat(curves.at("/classes/0/score/6/100").doubleValue()).isEqualTo(0.9);
    assertThat(curves.at("/classes/0/precision/7/0").doubleValue()).isZero();
    assertThat(curves.at("/classes/1").has("precision")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "truth.json, --truth",
    "found.json, --detections",
    "no/../found.json, --detections",
    "link.json, --truth"
  })
  void refusesToWriteTheCurvesOverWhatItReads(String curves, String option) throws IOException {
    Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve("truth.json"));
    Files.createDirectory(folder.resolve("no"));
    Path file = folder.resolve(curves);
    byte[] before = Files.readAllBytes(file);

    Ran ran = evaluate("found.json", "--curves", file.toString());

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("--curves " + file + " is the file of " + option + ":");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void measuresByLvisRules() throws IOException {
    String truth =
        TRUTH
            .replace("\"width\"", "\"neg_category_ids\": [2], \"width\"")
            .replace("\"width\"", "\"not_exhaustive_category_ids\": [], \"width\"")
            .replace("\"name\"", "\"frequency\": \"r\", \"name\"");
    Files.writeString(folder.resolve("truth.json"), truth);

    JsonNode answer = evaluate("found.json", "--rules", "lvis", "--json").json();

    assertThat(answer.get("stats")).hasSize(13);
    assertThat(answer.at("/names/6").asText()).isEqualTo("APr");
    assertThat(answer.at("/stats/6").doubleValue()).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--iou|0.5:0.9|--iou 0.5:0.9: write a,b,c or first:last:step",
        "--iou|0.5:0.9:0|--iou 0.5:0.9:0: makes no list of 1 to 16 thresholds",
        "--iou|0.5:0.9:0.001|makes no list of 1 to 16 thresholds",
        "--iou|half|--iou: 'half' is no number",
        "--iou|0.9,0.5|--iou: IoU threshold 0.5: write ascending numbers",
        "--areas|small=1024|--areas small=1024: write NAME=FROM..TO",
        "--areas|all=0..5|--areas: area range all is there twice",
        "--areas|s=5..4|--areas: area range s from 5.0 to 4.0",
        "--max-detections|100|--max-detections: COCO's numbers need three limits",
        "--max-detections|1,10,many|--max-detections 1,10,many: 'many' is no whole number",
        "--rules|voc|Invalid value for option '--rules'",
        "--curves|/no/such/folder/c.json|--curves /no/such/folder/c.json: there is no folder",
        "--curves|/|--curves / is a folder: name a file in it",
      })
  void refusesOptionsThatMeanNothing(String option, String value, String message) {
    Ran ran = evaluate("found.json", option, value);

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(message);
  }

  @Test
  void namesTheFileOfADiskThatIsFull() {
    Path full = Path.of("/dev/full"); // of Linux
    Assumptions.assumeTrue(Files.exists(full), "SKIPPED: there is no /dev/full here");

    Ran ran = evaluate("shifted.json", "--curves", full.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("--curves /dev/full cannot be written: ");
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
