package dev.labelloop.activities.evaluation.errors;

import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.evaluation.coco.AreaRange;
import dev.labelloop.activities.evaluation.coco.CocoEvaluation;
import dev.labelloop.activities.evaluation.errors.ErrorTypes.Slice;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorTypesTest {
  private static final List<String> CLASSES = List.of("car", "bus", "van");
  private static final LabelledBox CAR = new LabelledBox(new Box(0, 0, 100, 100), 0);
  private static final LabelledBox BUS = new LabelledBox(new Box(300, 0, 100, 100), 1);

  @Test
  void aWrongNameIsAnErrorOfClass() {
    assertThat(typesOf(List.of(CAR, BUS), found(0, 0, 0.9), found(300, 0, 0.8)))
        .containsExactly(ErrorType.CLASS);
  }

  @Test
  void aBoxBesideItsObjectIsAnErrorOfLocation() {
    // Moved by 60 of 100: 40 columns of 160 in common, IoU 0.25.
    assertThat(typesOf(List.of(CAR, BUS), found(60, 0, 0.9), found(300, 1, 0.8)))
        .containsExactly(ErrorType.LOCATION);
  }

  @Test
  void aWrongNameBesideAnObjectIsBoth() {
    // The car is missed: nothing names it nor lies on it.
    assertThat(typesOf(List.of(CAR, BUS), found(60, 2, 0.9), found(300, 1, 0.8)))
        .containsExactly(ErrorType.BOTH, ErrorType.MISSED);
  }

  @Test
  void aSecondBoxOnAFoundObjectIsADuplicate() {
    assertThat(typesOf(List.of(CAR), found(0, 0, 0.9), found(1, 0, 0.8)))
        .containsExactly(ErrorType.DUPLICATE);
  }

  @Test
  void aBoxFarFromEveryObjectIsBackground() {
    assertThat(typesOf(List.of(CAR), found(0, 0, 0.9), found(300, 0, 0.8)))
        .containsExactly(ErrorType.BACKGROUND);
  }

  @Test
  void anObjectThatNothingComesNearIsMissed() {
    assertThat(typesOf(List.of(CAR, BUS), found(0, 0, 0.9))).containsExactly(ErrorType.MISSED);
  }

  @Test
  void anObjectBesideWhichABoxLiesIsNotMissedTwice() {
    // The object is the error of location's; the second box beside it cannot be mended to it too.
    ErrorTypes types =
        analysed(Map.of(image("a"), List.of(CAR)), found(60, 0, 0.9), found(61, 0, 0.8));

    assertThat(types.counts()).containsEntry(ErrorType.LOCATION, 2);
    assertThat(types.counts()).containsEntry(ErrorType.MISSED, 0);
    assertThat(types.all().gains().get(ErrorType.LOCATION)).isCloseTo(1, within(1e-12));
  }

  @Test
  void gainsAreWhatMendingOneTypeIsWorth() {
    // Cars: two objects. A false one at 0.9 goes before the true one at 0.8: one of two found at
    // precision 1/2, so AP50 = 51/101 x 1/2. Without the false one 51/101; with the missed object
    // out of the truth 1/2. The bus is found: AP50 1. So the mean of the two moves by half of each.
    Map<ImageId, List<LabelledBox>> truth =
        Map.of(image("a"), List.of(CAR, new LabelledBox(new Box(600, 0, 100, 100), 0), BUS));
    ErrorTypes types = analysed(truth, found(900, 0, 0.9), found(0, 0, 0.8), found(300, 1, 0.7));

    double half = 51.0 / 101;
    assertThat(types.all().ap50()).isCloseTo((half / 2 + 1) / 2, within(1e-12));
    assertThat(types.all().gains().get(ErrorType.BACKGROUND)).isCloseTo(half / 4, within(1e-12));
    assertThat(types.all().gains().get(ErrorType.MISSED))
        .isCloseTo((0.5 - half / 2) / 2, within(1e-12));
    assertThat(types.all().gains().get(ErrorType.CLASS)).isZero();
    assertThat(types.classes()).extracting(Slice::name).containsExactly("car", "bus");
    assertThat(types.classes().get(0).gains().get(ErrorType.BACKGROUND))
        .isCloseTo(half / 2, within(1e-12));
    assertThat(types.classes().get(1).gains()).containsEntry(ErrorType.BACKGROUND, 0.0);
  }

  @Test
  void aWrongNameCostsBothClasses() {
    // The only bus is called a car, more surely than the car itself is.
    ErrorTypes types =
        analysed(Map.of(image("a"), List.of(CAR, BUS)), found(300, 0, 0.9), found(0, 0, 0.8));

    assertThat(types.all().ap50()).isCloseTo(0.25, within(1e-12)); // (1/2 + 0) / 2
    assertThat(types.classes().get(0).gains().get(ErrorType.CLASS)).isCloseTo(0.5, within(1e-12));
    assertThat(types.classes().get(1).gains().get(ErrorType.CLASS)).isCloseTo(1, within(1e-12));
  }

  @Test
  void sizesAreThoseOfCoco() {
    // 32 x 32 is small and medium; 100 x 100 is large.
    LabelledBox small = new LabelledBox(new Box(0, 0, 32, 32), 0);
    ErrorTypes types =
        analysed(
            Map.of(image("a"), List.of(small, new LabelledBox(new Box(300, 0, 100, 100), 0))),
            found(300, 0, 0.9));

    assertThat(types.sizes()).extracting(Slice::name).containsExactly("small", "medium", "large");
    assertThat(types.sizes()).extracting(Slice::objects).containsExactly(1, 1, 1);
    assertThat(types.sizes().get(0).gains().get(ErrorType.MISSED)).isEqualTo(1);
    assertThat(types.sizes().get(2).ap50()).isCloseTo(1, within(1e-12));
  }

  @Test
  void aModelThatFindsNothingLosesAllByMissing() {
    ErrorTypes types = analysed(Map.of(image("a"), List.of(CAR, BUS)));

    assertThat(types.all().ap50()).isZero();
    assertThat(types.all().gains().get(ErrorType.MISSED)).isEqualTo(1);
    assertThat(types.all().gains().get(ErrorType.LOCATION)).isZero();
  }

  @Test
  void aHoldoutWithoutObjectsHasNothingToGain() {
    ErrorTypes types = analysed(Map.of(image("a"), List.of()), found(0, 0, 0.9));

    assertThat(types.counts()).containsEntry(ErrorType.BACKGROUND, 1);
    assertThat(types.all().ap50()).isZero();
    assertThat(types.all().gains().values()).containsOnly(0.0);
    assertThat(types.classes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void mendingEverythingGivesAp50OfOneAndMendingNothingTheScore(long seed) {
    Random random = new Random(seed);
    Map<ImageId, List<LabelledBox>> truth = new TreeMap<>();
    Map<ImageId, List<Detection>> found = new TreeMap<>();
    Map<ImageId, ImageErrors> images = new TreeMap<>();
    for (int i = 0; i < 30; i++) {
      List<LabelledBox> objects = new ArrayList<>();
      List<Detection> detections = new ArrayList<>();
      for (int n = random.nextInt(8); n > 0; n--) {
        objects.add(new LabelledBox(crowdedBox(random), random.nextInt(3)));
      }
      for (int n = random.nextInt(25); n > 0; n--) { // few confidences, so that many are equal
        detections.add(
            new Detection(crowdedBox(random), random.nextInt(3), (1 + random.nextInt(9)) / 10.0));
      }
      ImageId id = image("picture " + i);
      truth.put(id, objects);
      found.put(id, detections);
      images.put(id, ImageErrors.of(objects, detections));
    }

    var mended = ErrorTypes.mended(images, EnumSet.allOf(ErrorType.class), 3);
    for (int k = 0; k < 3; k++) {
      assertThat(mended.of(k, AreaRange.ALL)).isCloseTo(1, within(1e-12));
    }
    ErrorTypes types = ErrorTypes.of(images, CLASSES);
    assertThat(types.all().ap50())
        .isCloseTo(CocoEvaluation.score(truth, found, 3).score().ap50(), within(1e-12));
    assertThat(types.counts().values().stream().mapToInt(Integer::intValue).sum()).isPositive();
  }

  /** Boxes of 20 to 40 pixels on a grid in a small picture: overlaps of every kind, and twins. */
  private static Box crowdedBox(Random random) {
    return new Box(
        10 * random.nextInt(6),
        10 * random.nextInt(6),
        20 + 10 * random.nextInt(3),
        20 + 10 * random.nextInt(3));
  }

  private static Detection found(double x, int classIndex, double confidence) {
    return new Detection(new Box(x, 0, 100, 100), classIndex, confidence);
  }

  private static ErrorTypes analysed(Map<ImageId, List<LabelledBox>> truth, Detection... found) {
    return ErrorAnalysis.of(truth, Map.of(image("a"), List.of(found)), CLASSES).errorTypes();
  }

  /** The types with at least one error, in the order of the enum. */
  private static List<ErrorType> typesOf(List<LabelledBox> truth, Detection... found) {
    ErrorTypes types = analysed(Map.of(image("a"), truth), found);
    return types.counts().entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }
}
