package dev.labelloop.activities.evaluation.coco;

import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Small random sets in which scores and overlaps are often equal. */
final class TiedSets {
  static final int CATEGORIES = 3;

  private TiedSets() {}

  static GroundTruth truth(RandomGenerator random, int images, int n) {
    BoxColumns boxes = new BoxColumns();
    BitSet crowd = new BitSet();
    for (int i = 0; i < n; i++) {
      double[] box = box(random);
      if (i > 0 && random.nextInt(6) == 0) {
        boxes.box(i - 1, box); // a twin
      }
      double area = random.nextInt(3) == 0 ? 1024 : box[2] * box[3] * 0.75;
      crowd.set(i, random.nextInt(8) == 0);
      boxes.add(random.nextInt(images), random.nextInt(CATEGORIES), box, area);
    }
    return new GroundTruth(
        LongStream.range(0, images).toArray(),
        LongStream.range(0, CATEGORIES).toArray(),
        Collections.nCopies(CATEGORIES, "class"),
        boxes,
        crowd);
  }

  static Detections detections(RandomGenerator random, GroundTruth truth, int n) {
    BoxColumns boxes = new BoxColumns();
    List<Double> scores = List.of(0.1, 0.5, 0.5, 0.9, -0.0, 0.0);
    for (int i = 0; i < n; i++) {
      int row = truth.boxes.size == 0 ? -1 : random.nextInt(truth.boxes.size);
      double[] box = row < 0 || random.nextInt(4) == 0 ? box(random) : near(random, truth, row);
      boxes.add(
          row < 0 ? random.nextInt(truth.images()) : truth.boxes.image[row],
          random.nextInt(5) == 0 || row < 0
              ? random.nextInt(CATEGORIES)
              : truth.boxes.category[row],
          box,
          scores.get(random.nextInt(scores.size())));
    }
    return new Detections(boxes);
  }

  /** Few different boxes, so that overlaps are often equal; some of no area. */
  private static double[] box(RandomGenerator random) {
    return new double[] {8 * random.nextInt(3), 8 * random.nextInt(3), 32 * random.nextInt(4), 32};
  }

  /** A box that overlaps a ground truth by exactly 1, 1/2, 3/4 or somewhat. */
  private static double[] near(RandomGenerator random, GroundTruth truth, int row) {
    double[] box = truth.boxes.box(row, new double[4]);
    switch (random.nextInt(4)) {
      case 0 -> box[3] /= 2;
      case 1 -> box[2] *= 0.75;
      case 2 -> box[0] += random.nextInt(12);
      default -> {}
    }
    return box;
  }
}
