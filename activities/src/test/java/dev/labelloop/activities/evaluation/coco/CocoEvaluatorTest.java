package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.labelloop.core.Draws;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CocoEvaluatorTest {
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

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aSetWithoutImagesOrDetectionsIsNoError(int images) {
    compare(7, images, 0, 0);
  }

  private static void compare(int seed, int images, int truthsAnImage, int detectionsAnImage) {
    RandomGenerator random = Draws.of(seed, "coco");
    GroundTruth truth = TiedSets.truth(random, images, truthsAnImage * images);
    Detections detections = TiedSets.detections(random, truth, detectionsAnImage * images);

    NaiveCoco expected = new NaiveCoco(truth, detections);
    CocoResult result = new CocoEvaluator(Protocol.STANDARD).evaluate(truth, detections);

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
