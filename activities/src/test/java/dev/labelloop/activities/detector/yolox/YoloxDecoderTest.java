package dev.labelloop.activities.detector.yolox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.core.Box;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Input 32: 16 cells of stride 8, 4 of stride 16, 1 of stride 32. */
class YoloxDecoderTest {
  private static final int CELLS = 21;
  private static final int COLUMNS = 7;

  private final YoloxDecoder decoder = new YoloxDecoder(2, 32);
  private final float[] logits = new float[CELLS * COLUMNS];

  @BeforeEach
  void noCellSaysAnything() {
    for (int cell = 0; cell < CELLS; cell++) {
      logits[cell * COLUMNS + 4] = -20;
    }
  }

  @Test
  void aCellHoldsABoxAboutItself() {
    int at = 6 * COLUMNS; // stride 8, second row, third column: gx 2, gy 1
    logits[at] = 0.5f;
    logits[at + 1] = 0.25f;
    logits[at + 2] = (float) Math.log(2);
    logits[at + 3] = 0;
    logits[at + 4] = 0;
    logits[at + 6] = (float) Math.log(3);

    Detection found = only(decoder.decode(logits, 0, 0.5, 64, 64));

    // Network: centre (20, 10), size 16 × 8; the picture is twice as large.
    assertThat(found.box().x()).isCloseTo(24, within(1e-4));
    assertThat(found.box().y()).isCloseTo(12, within(1e-4));
    assertThat(found.box().width()).isCloseTo(32, within(1e-4));
    assertThat(found.box().height()).isCloseTo(16, within(1e-4));
    assertThat(found.classIndex()).isEqualTo(1);
    assertThat(found.confidence()).isCloseTo(0.5 * 0.75, within(1e-6));
  }

  @Test
  void clipsToThePictureAndDropsWhatLiesOutside() {
    say(20, 0.5f, 0.5f, (float) Math.log(4)); // 128 × 128 about (16, 16)
    say(0, -100, 0, 0);

    Detection found = only(decoder.decode(logits, 0, 1, 30, 20));

    assertThat(found.box()).isEqualTo(Box.ofCorners(0, 0, 30, 20));
  }

  @Test
  void anOverflowingOrMissingNumberIsNoDetectionThatCannotBeDrawn() {
    say(20, 0.5f, 0.5f, 1e30f);
    say(0, Float.NaN, 0, 0);
    say(1, 0, 0, Float.NaN);

    assertThat(only(decoder.decode(logits, 0, 1, 32, 32)).box())
        .isEqualTo(Box.ofCorners(0, 0, 32, 32));
  }

  @Test
  void dropsWhatIsUnderTheLeastConfidence() {
    say(20, 0, 0, 0);
    logits[20 * COLUMNS + 4] = (float) Math.log(0.0099 / (1 - 0.0099));

    assertThat(decoder.decode(logits, 0, 1, 32, 32)).isEmpty();
  }

  @Test
  void suppressesTheWeakerOfTwoThatOverlapMoreThanTheLimit() {
    // 10 × 10 boxes moved by d overlap by (10 − d) / (10 + d): 0.667 at 2, 0.538 at 3.
    Detection best = detection(0, 0, 0.9);
    Detection near = detection(2, 0, 0.8);
    Detection apart = detection(-3, 0, 0.7);
    Detection otherClass = detection(0, 1, 0.6);

    assertThat(YoloxDecoder.suppress(List.of(otherClass, near, apart, best)))
        .containsExactly(best, apart, otherClass);
  }

  @Test
  void whatWasSuppressedSuppressesNothing() {
    Detection best = detection(0, 0, 0.9);
    Detection near = detection(2, 0, 0.8);
    Detection nearToNear = detection(4, 0, 0.7); // 0.43 with the best, 0.667 with the suppressed

    assertThat(YoloxDecoder.suppress(List.of(best, near, nearToNear)))
        .containsExactly(best, nearToNear);
  }

  @Test
  void keepsTheBestHundred() {
    List<Detection> many = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      many.add(detection(20 * i, 0, 0.1 + i / 1000.0));
    }

    List<Detection> kept = YoloxDecoder.suppress(many);

    assertThat(kept).hasSize(100);
    assertThat(kept.get(0)).isEqualTo(many.get(149));
    assertThat(kept.get(99)).isEqualTo(many.get(50));
  }

  private static Detection detection(double x, int classIndex, double confidence) {
    return new Detection(new Box(x, 0, 10, 10), classIndex, confidence);
  }

  private void say(int cell, float x, float y, float size) {
    int at = cell * COLUMNS;
    logits[at] = x;
    logits[at + 1] = y;
    logits[at + 2] = size;
    logits[at + 3] = size;
    logits[at + 4] = 5;
    logits[at + 5] = 5;
  }

  private static Detection only(List<Detection> found) {
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
