package dev.labelloop.activities.training;

import dev.labelloop.activities.image.Letterbox;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.Draws;
import dev.labelloop.model.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The batches of a training by number: which pictures, seen how.
 *
 * <p>The epochs' shuffled orders are laid end to end and cut into batches, so every batch is full.
 * A batch depends on the seed and its number alone.
 */
final class Batches {
  /** The last part of a training, without changes of scale and colour. */
  private static final double CALM_SHARE = 0.2;

  private final TrainingData data;
  private final TrainingSpec spec;
  private final int steps;
  private final int calmFrom;

  /**
   * One batch.
   *
   * @param pixels [B, 3, S, S], blue, green, red, 0 to 1
   * @param targets one a picture
   */
  record Batch(float[] pixels, List<Target> targets) {}

  Batches(TrainingData data, TrainingSpec spec) {
    this.data = data;
    this.spec = spec;
    long views = (long) data.examples().size() * spec.epochs();
    this.steps = Math.toIntExact(Math.max(1, (views + spec.batch() - 1) / spec.batch()));
    this.calmFrom = (int) (steps * (1 - CALM_SHARE));
  }

  /** Steps of the whole training. */
  int steps() {
    return steps;
  }

  /** The batch of a step, from 0, augmented. */
  Batch augmented(int step) {
    int side = spec.input();
    float[] pixels = new float[spec.batch() * 3 * side * side];
    List<Target> targets = new ArrayList<>();
    for (int slot = 0; slot < spec.batch(); slot++) {
      TrainingExample example = example((long) step * spec.batch() + slot);
      RgbImage image = data.picture(example.image());
      Augmentation view =
          new Augmentation(
              side, image.width(), image.height(), spec.seed(), step, slot, step >= calmFrom);
      view.write(image, pixels, slot * 3 * side * side);
      targets.add(view.target(example));
    }
    return new Batch(pixels, targets);
  }

  /** The n-th batch of plain pictures, as inference sees them but with values 0 to 1. */
  float[] plain(int n) {
    int size = 3 * spec.input() * spec.input();
    float[] pixels = new float[spec.batch() * size];
    for (int slot = 0; slot < spec.batch(); slot++) {
      RgbImage image = data.picture(example((long) n * spec.batch() + slot).image());
      Letterbox.of(spec.input(), image.width(), image.height()).write(image, pixels, slot * size);
    }
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= 255f;
    }
    return pixels;
  }

  /** How many plain batches show every picture once, but at most {@code most}. */
  int plainBatches(int most) {
    return Math.min(most, (data.examples().size() + spec.batch() - 1) / spec.batch());
  }

  private TrainingExample example(long position) {
    int n = data.examples().size();
    int epoch = (int) (position / n);
    return data.examples().get(order(epoch)[(int) (position % n)]);
  }

  private int cachedEpoch = -1;
  private int[] cachedOrder = {};

  private synchronized int[] order(int epoch) {
    if (epoch != cachedEpoch) {
      int[] order = new int[data.examples().size()];
      Random random = new Random(Draws.hash(spec.seed(), "order", epoch));
      for (int i = 0; i < order.length; i++) { // inside-out Fisher–Yates
        int j = random.nextInt(i + 1);
        order[i] = order[j];
        order[j] = i;
      }
      cachedEpoch = epoch;
      cachedOrder = order;
    }
    return cachedOrder;
  }
}
