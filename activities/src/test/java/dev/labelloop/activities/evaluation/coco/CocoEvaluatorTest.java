package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.labelloop.core.Draws;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CocoEvaluatorTest {
  private static final NaiveCoco.Measured COCO =
      new NaiveCoco.Measured(
          new double[] {0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.8999999999999999, 0.95},
          new double[] {0, 0, 1024, 9216},
          new double[] {1e10, 1024, 9216, 1e10},
          new int[] {1, 10, 100});

  @Test
  void equalsThePlainEvaluationOnSetsFullOfTies() {
    for (int seed = 0; seed < 150; seed++) {
      compare(seed, 1 + seed % 7, 4, 9);
    }
  }

  @Test
  void equalsThePlainEvaluationBeyondAHundredDetectionsOfAClass() {
    for (int seed = 0; seed < 5; seed++) {
      compare(1000 + seed, 2, 40, 700); // some 115 a class and image
    }
  }

  @Test
  void equalsThePlainEvaluationAtOtherThresholdsAreasAndLimits() {
    NaiveCoco.Measured measured =
        new NaiveCoco.Measured(
            new double[] {
              0.1, 0.3, 0.5, 0.501, 0.52, 0.6, 0.75, 0.76, 0.8, 0.85, 0.9, 0.91, 0.99, 1
            },
            new double[] {0, 512, 1024},
            new double[] {1e10, 1024, 1024},
            new int[] {2, 3, 7});
    Protocol protocol =
        Protocol.STANDARD
            .withThresholds(measured.iou())
            .withAreas(List.of(new AreaRange("some", 512, 1024), new AreaRange("one", 1024, 1024)))
            .withLimits(measured.limits());
    for (int seed = 0; seed < 60; seed++) {
      compare(2000 + seed, 1 + seed % 7, 4, 9, protocol, measured);
    }
  }

  @Test
  void oneAndSixteenThresholdsAreMeasuredAsTenAre() {
    for (int points : new int[] {1, 16}) {
      double[] iou = Protocol.linspace(0.5, 0.95, points);
      NaiveCoco.Measured measured =
          new NaiveCoco.Measured(iou, COCO.areaFrom(), COCO.areaTo(), COCO.limits());
      compare(3000 + points, 6, 4, 9, Protocol.STANDARD.withThresholds(iou), measured);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aSetWithoutImagesOrDetectionsIsNoError(int images) {
    compare(7, images, 0, 0);
  }

  private static void compare(int seed, int images, int truthsAnImage, int detectionsAnImage) {
    compare(seed, images, truthsAnImage, detectionsAnImage, Protocol.STANDARD, COCO);
  }

  private static void compare(
      int seed,
      int images,
      int truthsAnImage,
      int detectionsAnImage,
      Protocol protocol,
      NaiveCoco.Measured measured) {
    RandomGenerator random = Draws.of(seed, "coco");
    GroundTruth truth = TiedSets.truth(random, images, truthsAnImage * images);
    Detections detections = TiedSets.detections(random, truth, detectionsAnImage * images);

    NaiveCoco expected = new NaiveCoco(truth, detections, measured);
    CocoResult result = new CocoEvaluator(protocol).evaluate(truth, detections);

    assertSameBits(result.precision(), expected.precision, seed);
    assertSameBits(result.scores(), expected.scores, seed);
    assertSameBits(result.recall(), expected.recall, seed);
  }

  private static void assertSameBits(double[] actual, double[] expected, int seed) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      long bits = Double.doubleToRawLongBits(actual[i]);
      if (bits != Double.doubleToRawLongBits(expected[i])) {
        fail("seed %d, cell %d: %s instead of %s", seed, i, actual[i], expected[i]);
      }
    }
  }
}
