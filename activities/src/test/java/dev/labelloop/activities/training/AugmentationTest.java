package dev.labelloop.activities.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.Sha256;
import dev.labelloop.label.LabelledBox;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  private static final int SIDE = 96;
  private static final int WIDTH = 120;
  private static final int HEIGHT = 80;

  /** Off the middle, so that a mirrored picture with an unmirrored box is found out. */
  private static final Box WHITE = Box.ofCorners(12, 30, 48, 66);

  /** White and grey differ by more than the shaken brightness: 0.7 against 114 / 255 = 0.447. */
  private static final float BRIGHT = 0.6f;

  private final RgbImage picture = blackWithWhite();
  private final TrainingExample example =
      new TrainingExample(
          new ImageId(Sha256.hex(new byte[] {1})),
          List.of(new LabelledBox(WHITE, 3)),
          List.of(WHITE),
          0.5);

  @Test
  void boxesMoveWithThePixels() {
    int seen = 0;
    for (int step = 0; step < 60; step++) {
      Augmentation view = new Augmentation(SIDE, WIDTH, HEIGHT, 1, step, 0, false);
      Target target = view.target(example);
      if (target.boxes().isEmpty()) {
        continue;
      }
      float[] pixels = new float[3 * SIDE * SIDE];
      view.write(picture, pixels, 0);
      Box box = target.boxes().get(0).box();
      Box bright = bright(pixels);
      assertThat(bright.x()).as("step %d", step).isCloseTo(box.x(), within(1.5));
      assertThat(bright.y()).as("step %d", step).isCloseTo(box.y(), within(1.5));
      assertThat(bright.right()).as("step %d", step).isCloseTo(box.right(), within(1.5));
      assertThat(bright.bottom()).as("step %d", step).isCloseTo(box.bottom(), within(1.5));
      seen++;
    }
    assertThat(seen).isGreaterThan(40);
  }

  @Test
  void keepsClassWeightAndIgnoreRegions() {
    Target target = new Augmentation(SIDE, WIDTH, HEIGHT, 1, 0, 0, false).target(example);

    assertThat(target.weight()).isEqualTo(0.5);
    assertThat(target.boxes().get(0).classIndex()).isEqualTo(3);
    assertThat(target.ignore()).containsExactly(target.boxes().get(0).box());
  }

  @Test
  void dropsAnObjectThatIsMostlyOutOfViewButStillIgnoresIt() {
    // Of the whole picture's width 6 in view of 60 is a tenth, under a quarter.
    TrainingExample sliver =
        new TrainingExample(
            example.image(),
            List.of(new LabelledBox(Box.ofCorners(-54, 20, 6, 60), 0)),
            List.of(Box.ofCorners(-54, 20, 6, 60)),
            1);
    int dropped = 0;
    for (int step = 0; step < 40; step++) {
      Target target = new Augmentation(SIDE, WIDTH, HEIGHT, 1, step, 0, false).target(sliver);
      if (target.boxes().isEmpty() && !target.ignore().isEmpty()) {
        dropped++;
      }
      target.ignore().forEach(box -> assertThat(box.x()).isBetween(0.0, (double) SIDE));
    }
    assertThat(dropped).isPositive();
  }

  @Test
  void aViewDependsOnSeedStepAndSlotAlone() {
    assertThat(pixels(1, 2, 3)).isEqualTo(pixels(1, 2, 3));
    Set<Integer> different = new HashSet<>();
    different.add(Arrays.hashCode(pixels(1, 2, 3)));
    different.add(Arrays.hashCode(pixels(2, 2, 3)));
    different.add(Arrays.hashCode(pixels(1, 3, 3)));
    different.add(Arrays.hashCode(pixels(1, 2, 4)));
    assertThat(different).hasSize(4);
  }

  @Test
  void valuesStayBetweenZeroAndOneAndOtherSlotsAreLeftAlone() {
    float[] pixels = new float[2 * 3 * SIDE * SIDE];
    Arrays.fill(pixels, -7);
    new Augmentation(SIDE, WIDTH, HEIGHT, 5, 0, 0, false).write(picture, pixels, 3 * SIDE * SIDE);

    for (int i = 0; i < 3 * SIDE * SIDE; i++) {
      assertThat(pixels[i]).isEqualTo(-7);
      assertThat(pixels[3 * SIDE * SIDE + i]).isBetween(0f, 1f);
    }
  }

  private float[] pixels(long seed, int step, int slot) {
    float[] pixels = new float[3 * SIDE * SIDE];
    new Augmentation(SIDE, WIDTH, HEIGHT, seed, step, slot, false).write(picture, pixels, 0);
    return pixels;
  }

  private static RgbImage blackWithWhite() {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int y = (int) WHITE.y(); y < WHITE.bottom(); y++) {
      int from = 3 * (y * WIDTH + (int) WHITE.x());
      Arrays.fill(rgb, from, from + 3 * (int) WHITE.width(), (byte) 255);
    }
    return new RgbImage(WIDTH, HEIGHT, rgb);
  }

  private static Box bright(float[] pixels) {
    int left = SIDE;
    int top = SIDE;
    int right = 0;
    int bottom = 0;
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        if (pixels[y * SIDE + x] > BRIGHT) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    return Box.ofCorners(left, top, right, bottom);
  }
}
