package dev.labelloop.activities.evaluation.errors;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.labelloop.activities.evaluation.errors.ConfusionMatrix.Cell;
import dev.labelloop.activities.evaluation.errors.WorstPicture.Found;
import dev.labelloop.activities.evaluation.errors.WorstPicture.Truth;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ErrorAnalysisTest {
  private static final List<String> CLASSES = List.of("car", "bus");

  /** A car found, a bus called a car, a bus missed, a false bus, and one too unsure to be seen. */
  private static final Map<ImageId, List<LabelledBox>> TRUTH =
      Map.of(
          image("a"),
          List.of(box(0, 0), box(20, 1), box(40, 1)),
          image("b"),
          List.of(box(0, 0)),
          image("c"),
          List.of());

  private static final Map<ImageId, List<Detection>> FOUND =
      Map.of(
          image("a"),
          List.of(found(0, 0, 0.9), found(20, 0, 0.8), found(60, 1, 0.7), found(40, 1, 0.2)),
          image("b"),
          List.of(found(0, 0, 0.9)));

  @Test
  void tellsWhatObjectsWereTakenFor() {
    assertThat(analysis().confusion().cells())
        .containsExactly(
            new Cell("car", "car", 2),
            new Cell("bus", "car", 1),
            new Cell("bus", null, 1),
            new Cell(null, "bus", 1));
  }

  @Test
  void aDuplicateIsTakenForNothing() {
    ErrorAnalysis analysis =
        ErrorAnalysis.of(
            Map.of(image("a"), List.of(box(0, 0))),
            Map.of(image("a"), List.of(found(0, 0, 0.9), found(1, 0, 0.8))),
            CLASSES);

    assertThat(analysis.confusion().cells())
        .containsExactly(new Cell("car", "car", 1), new Cell(null, "car", 1));
  }

  @Test
  void ranksPicturesByWhatPeopleWouldSee() {
    // On a: two buses that nothing shown has found, 1 each, and false ones of 0.8 and 0.7. On b
    // and c nothing is wrong.
    assertThat(analysis().worst())
        .singleElement()
        .satisfies(
            worst -> {
              assertThat(worst.image()).isEqualTo(image("a"));
              assertThat(worst.weight()).isEqualTo(1 + 1 + 0.8 + 0.7);
              assertThat(worst.objects())
                  .extracting(Truth::className, Truth::found)
                  .containsExactly(tuple("car", true), tuple("bus", false), tuple("bus", false));
              assertThat(worst.detections())
                  .extracting(Found::error)
                  .containsExactly(null, ErrorType.CLASS, ErrorType.BACKGROUND);
            });
  }

  @Test
  void keepsFiftyPicturesHoweverLargeTheHoldoutIs() {
    Map<ImageId, List<LabelledBox>> truth = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      truth.put(image("picture " + i), List.of(box(0, 0)));
    }
    truth.put(image("worst"), List.of(box(0, 0), box(20, 0)));

    ErrorAnalysis analysis = ErrorAnalysis.of(truth, Map.of(), CLASSES);

    assertThat(analysis.worst()).hasSize(50);
    assertThat(analysis.worst().get(0).image()).isEqualTo(image("worst"));
    assertThat(analysis.worst().subList(1, 50)).extracting(WorstPicture::image).isSorted();
  }

  @Test
  void isTheSameAfterBeingStored() {
    ErrorAnalysis analysis = analysis();

    assertThat(ErrorAnalysis.read(analysis.json())).isEqualTo(analysis);
  }

  @Test
  void namesWhatItsFiguresStandOn() {
    assertThat(analysis().json())
        .startsWith("{\"images\":3,\"objects\":4,\"detections\":5,")
        .contains("\"foregroundIou\":0.5,\"backgroundIou\":0.1,\"shownFrom\":0.3");
  }

  private static ErrorAnalysis analysis() {
    return ErrorAnalysis.of(TRUTH, FOUND, CLASSES);
  }
}
