package dev.labelloop.activities.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.label.FixedPseudoLabels.Acceptance;
import dev.labelloop.activities.label.LabelRepository.PseudoLabels;
import dev.labelloop.activities.prediction.PredictedImage;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FixedPseudoLabelsTest {
  private static final FixedPseudoLabels LABELS = new FixedPseudoLabels(0.9, 0.95);
  private static final ImageId IMAGE = new ImageId("a".repeat(64));
  private static final Box LEFT = new Box(0, 0, 100, 100);
  private static final Box RIGHT = new Box(200, 0, 100, 100);
  private static final int CUP = 0;
  private static final int BOWL = 1;

  @Test
  void acceptsWhatHoldsOnTheSample() {
    // 19 of 20 right: 0.95, and 0.95 is asked
    List<CheckedImage> sample = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      sample.add(checked(found(LEFT, CUP, 0.9), LEFT, CUP));
    }
    sample.add(checked(found(LEFT, CUP, 0.99), RIGHT, CUP));

    Acceptance acceptance = LABELS.accept(sample, pool(found(LEFT, CUP, 0.95)));

    assertThat(acceptance.result().accepted()).isTrue();
    assertThat(acceptance.result().precision()).isEqualTo(0.95);
    assertThat(acceptance.result().verified()).isEqualTo(20);
    assertThat(acceptance.result().reason())
        .isEqualTo("19 of 20 checked candidates are right: 0.950, at least 0.95 is asked");
    assertThat(acceptance.labels())
        .containsExactly(new PseudoLabels(IMAGE, List.of(new LabelledBox(LEFT, CUP)), List.of()));
  }

  @Test
  void refusesWhatDoesNotHold() {
    List<CheckedImage> sample =
        List.of(
            checked(found(LEFT, CUP, 0.95), LEFT, CUP),
            checked(found(LEFT, CUP, 0.95), LEFT, BOWL));

    Acceptance acceptance = LABELS.accept(sample, pool(found(LEFT, CUP, 0.95)));

    assertThat(acceptance.labels()).isEmpty();
    assertThat(acceptance.result().accepted()).isFalse();
    assertThat(acceptance.result().pseudoBoxes()).isZero();
    assertThat(acceptance.result().precision()).isEqualTo(0.5);
    assertThat(acceptance.result().reason()).startsWith("1 of 2 checked candidates are right");
  }

  @Test
  void refusesWhatNobodyChecked() {
    // 0.89 is no candidate
    List<CheckedImage> sample = List.of(checked(found(LEFT, CUP, 0.89), LEFT, CUP));

    Acceptance acceptance = LABELS.accept(sample, pool(found(LEFT, CUP, 0.95)));

    assertThat(acceptance.labels()).isEmpty();
    assertThat(acceptance.result().accepted()).isFalse();
    assertThat(acceptance.result().verified()).isZero();
    assertThat(acceptance.result().precision()).isNull();
  }

  @Test
  void doubtfulDetectionsAreIgnoredNotBackground() {
    Box elsewhere = new Box(0, 200, 50, 50);
    Stream<PredictedImage> pool =
        pool(
            found(LEFT, CUP, 0.95),
            found(RIGHT, BOWL, 0.5), // in doubt
            found(new Box(0, 0, 100, 90), BOWL, 0.5), // IoU 0.9 with the label: the same object
            found(elsewhere, CUP, 0.05)); // too weak: background

    Acceptance acceptance = LABELS.accept(List.of(checked(found(LEFT, CUP, 1), LEFT, CUP)), pool);

    assertThat(acceptance.labels())
        .containsExactly(
            new PseudoLabels(
                IMAGE, List.of(new LabelledBox(LEFT, CUP)), List.of(new LabelledBox(RIGHT, BOWL))));
    assertThat(acceptance.result().ignoreRegions()).isEqualTo(1);
  }

  @Test
  void imagesWithoutACandidateStayWithoutLabels() {
    Acceptance acceptance =
        LABELS.accept(
            List.of(checked(found(LEFT, CUP, 1), LEFT, CUP)), pool(found(LEFT, CUP, 0.5)));

    assertThat(acceptance.labels()).isEmpty();
    assertThat(acceptance.result().accepted()).isTrue();
    assertThat(acceptance.result().pseudoImages()).isZero();
  }

  @Test
  void aSecondDetectionOfOneObjectIsWrong() {
    CheckedImage image =
        new CheckedImage(
            new PredictedImage(IMAGE, List.of(found(LEFT, CUP, 0.91), found(LEFT, CUP, 0.92))),
            List.of(new LabelledBox(LEFT, CUP)));

    assertThat(image.right(image.predicted().detections())).isEqualTo(1);
  }

  @Test
  void theSurerDetectionChoosesFirst() {
    // The sure one takes LEFT (IoU 1). The other overlaps LEFT by 80/120 = 0.67 (taken) and the
    // second box by 100 x 60 / 100 x 100 = 0.6: it takes that one, so both are right.
    Box shifted = new Box(20, 0, 100, 100);
    Box part = new Box(20, 0, 60, 100);
    CheckedImage image =
        new CheckedImage(
            new PredictedImage(IMAGE, List.of(found(shifted, CUP, 0.91), found(LEFT, CUP, 0.99))),
            List.of(new LabelledBox(LEFT, CUP), new LabelledBox(part, CUP)));

    assertThat(image.right(image.predicted().detections())).isEqualTo(2);
  }

  @Test
  void halfAnOverlapIsEnough() {
    // 100 x 50 / 100 x 100 = 0.5
    assertThat(
            checked(found(new Box(0, 0, 100, 50), CUP, 1), LEFT, CUP)
                .right(List.of(found(new Box(0, 0, 100, 50), CUP, 1))))
        .isEqualTo(1);
    assertThat(
            checked(found(LEFT, CUP, 1), LEFT, CUP)
                .right(List.of(found(new Box(0, 0, 100, 49), CUP, 1))))
        .isZero();
  }

  @Test
  void offMeansNoLabels() {
    assertThat(FixedPseudoLabels.off().result().accepted()).isFalse();
    assertThat(FixedPseudoLabels.off().result().reason()).isEqualTo("pseudo-labels are off");
  }

  @Test
  void refusesAThresholdThatIsNone() {
    assertThatThrownBy(() -> new FixedPseudoLabels(1.5, 0.95))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pseudoLabels.threshold");
  }

  private static Detection found(Box box, int classIndex, double confidence) {
    return new Detection(box, classIndex, confidence);
  }

  private static CheckedImage checked(Detection found, Box truth, int classIndex) {
    return new CheckedImage(
        new PredictedImage(IMAGE, List.of(found)), List.of(new LabelledBox(truth, classIndex)));
  }

  private static Stream<PredictedImage> pool(Detection... detections) {
    return Stream.of(new PredictedImage(IMAGE, List.of(detections)));
  }
}
