package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CocoEvaluationTest {
  private static final ImageId A = new ImageId("a".repeat(64));
  private static final ImageId B = new ImageId("b".repeat(64));
  private static final Box LEFT = new Box(0, 0, 100, 100);
  private static final Box RIGHT = new Box(200, 0, 100, 100);

  @Test
  void scoresByHandWorkedNumbers() {
    // Class 0: one box, found with IoU 0.8 (80 of 100 columns): a hit at .50 to .80, 7 of 10
    // thresholds (0.8 >= t[6] = 0.8), so AP 0.7 and AP50 1.
    // Class 1: two boxes, one found exactly: precision 1 up to recall 0.5, that is at the points
    // 0.00 to 0.50, 51 of 101. Class 2 has no box and does not count.
    Map<ImageId, List<LabelledBox>> truth =
        Map.of(
            A, List.of(new LabelledBox(LEFT, 0), new LabelledBox(RIGHT, 1)),
            B, List.of(new LabelledBox(RIGHT, 1)));
    Map<ImageId, List<Detection>> found =
        Map.of(
            A,
            List.of(
                new Detection(new Box(0, 0, 80, 100), 0, 0.9),
                new Detection(RIGHT, 1, 0.8),
                new Detection(LEFT, 2, 0.7)));

    MapScore score = CocoEvaluation.score(truth, found, 3);

    double half = 51.0 / 101;
    assertThat(score.score().map()).isCloseTo((0.7 + half) / 2, within(1e-12));
    assertThat(score.score().ap50()).isCloseTo((1 + half) / 2, within(1e-12));
    assertThat(score.classes()).hasSize(2);
    assertThat(score.classes().get(0).ap()).isCloseTo(0.7, within(1e-12));
    assertThat(score.classes().get(1).classIndex()).isEqualTo(1);
    assertThat(score.classes().get(1).ap()).isCloseTo(half, within(1e-12));
  }

  @Test
  void equalConfidencesRankByImage() {
    // The miss on A goes before the hit on B: precision 1/2 at every recall point.
    Map<ImageId, List<LabelledBox>> truth =
        Map.of(A, List.of(), B, List.of(new LabelledBox(LEFT, 0)));
    List<Detection> one = List.of(new Detection(LEFT, 0, 0.5));

    MapScore score = CocoEvaluation.score(truth, Map.of(B, one, A, one), 1);

    assertThat(score.score().ap50()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void nothingFoundScoresZero() {
    Map<ImageId, List<LabelledBox>> truth = Map.of(A, List.of(new LabelledBox(LEFT, 0)));

    MapScore score = CocoEvaluation.score(truth, Map.of(), 1);

    assertThat(score.score()).isEqualTo(new HoldoutScore(0, 0));
    assertThat(score.classes()).containsExactly(new MapScore.ClassScore(0, 0));
  }

  @Test
  void aHoldoutWithoutBoxesScoresZero() {
    MapScore score = CocoEvaluation.score(Map.of(A, List.of()), Map.of(), 1);

    assertThat(score.score()).isEqualTo(new HoldoutScore(0, 0));
    assertThat(score.classes()).isEmpty();
  }

  @Test
  void refusesWhatTheHoldoutDoesNotKnow() {
    Map<ImageId, List<Detection>> found = Map.of(A, List.of(new Detection(LEFT, 1, 0.5)));

    assertThatThrownBy(() -> CocoEvaluation.score(Map.of(), found, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("which the holdout does not have");
    assertThatThrownBy(() -> CocoEvaluation.score(Map.of(A, List.of()), found, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("class index 1 is outside");
  }
}
