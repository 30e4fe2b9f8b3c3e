package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CocoFilesTest {
  private static final String TRUTH =
      """
      {"categories": [{"id": 1, "name": "cup"}], "images": [{"id": 5}],
       "annotations": [{"id": 1, "image_id": 5, "category_id": 1, "bbox": [0, 0, 10, 10]}]}
      """;
  private static final String FOUND =
      """
      [{"image_id": 5, "category_id": 1, "bbox": [0, 0, 10, 10], "score": 0.5}]
      """;

  @TempDir Path folder;

  @Test
  void fieldsThatPycocotoolsInsistsOnMayBeAbsent() throws IOException {
    // no area: it is 10 x 10; no iscrowd: it is 0; so a perfect detection of a small box
    assertThat(evaluate(TRUTH, FOUND).stats()[3]).isCloseTo(1.0, within(1e-12));
  }

  @Test
  void listsMayComeInAnyOrderAndStrangeFieldsAreSkipped() throws IOException {
    String truth =
        """
        {"annotations": [{"segmentation": {"counts": [1, [2]]}, "bbox": [0, 0, 10.0, 10],
          "category_id": 1, "image_id": 5.0, "id": 1, "iscrowd": false, "ignore": 1}],
         "info": {"a": [{}]}, "licenses": null,
         "images": [{"file_name": "a", "id": 5}], "categories": [{"name": "cup", "id": 1}]}
        """;
    CocoResult result = evaluate(truth, FOUND);

    assertThat(result.stats()[0]).isCloseTo(1.0, within(1e-12));
    assertThat(result.perClass()).extracting(CocoResult.ClassFigures::name).containsExactly("cup");
  }

  @Test
  void boxesOfUnknownClassesAreLeftOut() throws IOException {
    String found = FOUND.replace("\"category_id\": 1", "\"category_id\": 9");

    assertThat(evaluate(TRUTH, found).stats()[0]).isZero();
  }

  @Test
  void noDetectionsAtAllScoreZero() throws IOException {
    assertThat(evaluate(TRUTH, "[]").stats()[0]).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"id\": 1, \"image_id\"|\"id\": 0, \"image_id\"|annotations[0].id = 0",
        "\"id\": 1, \"image_id\"|\"image_id\"|annotations[0].id is missing",
        "\"id\": 1, \"image_id\"|\"id\": 1.5, \"image_id\"|annotations[0].id = 1.5",
        "[{\"id\": 5}]|[{\"id\": 5}, {\"id\": 7}, {\"id\": 5}]|images[2].id = 5: is there twice",
        "[{\"id\": 5}]|[{}]|images[0].id is missing",
        "[{\"id\": 5}]|[5]|images[0] is not an object: 5",
        "[{\"id\": 5}]|{}|images is not a list: {...}",
        "[{\"id\": 5}]|[{\"id\": \"a\"}]|images[0].id = \"a\": write a number",
        "[{\"id\": 5}]|[{\"id\": 99999999999999999999}]|images[0].id = 99999999999999999999: an id has 64 bits",
        "\"cup\"}|\"cup\"}, {\"id\": 1}|categories[1].id = 1: is there twice",
        "[0, 0, 10, 10]|[0, 0, NaN, 10]|annotations[0].bbox = NaN: write a finite number",
        "[0, 0, 10, 10]|[0, 0, -1, 10]|annotations[0].bbox = -1: a size is not negative",
        "[0, 0, 10, 10]|[0, Infinity, 1, 10]|annotations[0].bbox = Infinity",
        "[0, 0, 10, 10]|[0, 0, 1e400, 10]|annotations[0].bbox = 1e400",
        "[0, 0, 10, 10]|[0, 0, 1e200, 1e200]|annotations[0].bbox is too large",
        "[0, 0, 10, 10]|[0, 0, 1e-200, 1e-200]|annotations[0].bbox is too small",
        "[0, 0, 10, 10]|[0, 0, 10]|annotations[0].bbox has only 3 numbers",
        "[0, 0, 10, 10]|[0, 0, 10, 10, 1]|annotations[0].bbox has more than 4 numbers",
        "[0, 0, 10, 10]|null|annotations[0].bbox = null: a box is [x, y, width, height]",
        "\"bbox\"|\"area\": -3, \"bbox\"|annotations[0].area = -3",
        "\"bbox\"|\"area\": Infinity, \"bbox\"|annotations[0].area = Infinity",
        "\"images\"|\"pictures\"|images is missing",
        "]}|]|cut off",
        "[0, 0, 10, 10]}]}|[0, 0, 10, 10]}]} 7|something follows after the end",
      })
  void aBadTruthIsRefusedWithItsPlaceAndValue(String good, String bad, String message)
      throws IOException {
    String truth = TRUTH.strip();
    assertThat(truth).contains(good);

    assertThatThrownBy(() -> evaluate(truth.replace(good, bad), FOUND))
        .isInstanceOf(InvalidCocoException.class)
        .hasMessageContaining("gt.json: ")
        .hasMessageContaining(message)
        .hasMessageNotContaining("REDACTED");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"image_id\": 5|\"image_id\": 6|[0].image_id = 6: the ground truth has no such image",
        "\"score\": 0.5|\"score\": NaN|[0].score = NaN: write a finite number",
        "\"score\": 0.5|\"score\": \"high\"|[0].score = \"high\": write a number",
        ", \"score\": 0.5||[0].score is missing",
        "10, 10]|10, -10]|[0].bbox = -10: a size is not negative",
        "[{|{|is not a list of detections",
      })
  void badDetectionsAreRefusedWithTheirPlaceAndValue(String good, String bad, String message) {
    String found = FOUND.replace(good, bad == null ? "" : bad);

    assertThatThrownBy(() -> evaluate(TRUTH, found))
        .isInstanceOf(InvalidCocoException.class)
        .hasMessageContaining("dt.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void anAnnotationIdThatIsThereTwiceIsRefused() {
    String twice = TRUTH.replace("\"annotations\": [", "\"annotations\": [" + annotation(1) + ", ");

    assertThatThrownBy(() -> evaluate(twice, FOUND))
        .isInstanceOf(InvalidCocoException.class)
        .hasMessageContaining("annotations[1].id = 1: is there twice");
  }

  private static String annotation(int id) {
    return "{\"id\": %d, \"image_id\": 5, \"category_id\": 1, \"bbox\": [50, 50, 9, 9]}"
        .formatted(id);
  }

  @Test
  void boxesOfUnknownImagesAreLeftOutOfTheTruth() throws IOException {
    String unknown = annotation(2).replace("\"image_id\": 5", "\"image_id\": 6");
    String truth = TRUTH.replace("\"annotations\": [", "\"annotations\": [" + unknown + ", ");

    assertThat(evaluate(truth, FOUND).perClass().get(0).truths()).isEqualTo(1);
  }

  @Test
  void imagesAndClassesMayHaveTheIdZero() throws IOException {
    String truth = TRUTH.replace("\"id\": 5", "\"id\": 0").replace("_id\": 5", "_id\": 0");
    String found = FOUND.replace("_id\": 5", "_id\": 0");

    assertThat(evaluate(truth, found).stats()[0]).isCloseTo(1.0, within(1e-12));
  }

  @Test
  void aClassWithoutBoxesHasNoFigureAndDoesNotCount() throws IOException {
    String truth = TRUTH.replace("\"cup\"}", "\"cup\"}, {\"id\": 2}");
    String other = FOUND.replace("\"category_id\": 1", "\"category_id\": 2");
    String found = FOUND.replace("}]", "}, ") + other.replace("[{", "{");

    CocoResult result = evaluate(truth, found);

    assertThat(result.stats()[0]).isCloseTo(1.0, within(1e-12));
    assertThat(result.perClass().get(1).ap()).isEqualTo(CocoResult.UNDEFINED);
    assertThat(result.perClass().get(1).detections()).isEqualTo(1);
  }

  @Test
  void aTruthIsNoDetections() {
    assertThatThrownBy(() -> evaluate(TRUTH, TRUTH))
        .isInstanceOf(InvalidCocoException.class)
        .hasMessageContaining("an object with annotations is a ground truth file");
  }

  @Test
  void swappedFilesAreToldApart() {
    assertThatThrownBy(() -> evaluate(FOUND, TRUTH))
        .isInstanceOf(InvalidCocoException.class)
        .hasMessageContaining("a plain list is a detections file");
  }

  @Test
  void anAbsentFileIsNamed() {
    Path nowhere = folder.resolve("nowhere.json");

    assertThatThrownBy(() -> CocoEvaluation.evaluate(nowhere, nowhere))
        .isInstanceOf(InvalidCocoException.class)
        .hasMessageContaining("nowhere.json: there is no such file");
  }

  @Test
  void anEmptyFileIsNoTruth() {
    for (String text : List.of("", "   ", "\u0000\u0001", "{\"images\": [")) {
      assertThatThrownBy(() -> evaluate(text, FOUND)).isInstanceOf(InvalidCocoException.class);
    }
  }

  private CocoResult evaluate(String truth, String found) throws IOException {
    Path gt = Files.writeString(folder.resolve("gt.json"), truth);
    Path dt = Files.writeString(folder.resolve("dt.json"), found);
    return CocoEvaluation.evaluate(gt, dt);
  }
}
