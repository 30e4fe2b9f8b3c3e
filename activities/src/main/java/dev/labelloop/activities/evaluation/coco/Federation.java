package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which classes each image of a federated truth was labelled with (Gupta et al. 2019, <a
 * href="https://arxiv.org/abs/1908.03195">arXiv 1908.03195</a>), by the rules of lvis-api 0.5.3.
 */
final class Federation {
  private final Cells negative;
  private final Cells notExhaustive;
  private final List<Frequency> frequencies;

  /**
   * @param negative classes known to be absent from an image
   * @param notExhaustive classes of which an image shows more than is labelled
   * @param frequencies of the categories, by place
   */
  Federation(Cells negative, Cells notExhaustive, List<Frequency> frequencies) {
    this.negative = negative;
    this.notExhaustive = notExhaustive;
    this.frequencies = List.copyOf(frequencies);
  }

  boolean mayLackBoxes(int image, int category) {
    return notExhaustive.contain(image, category);
  }

  int[] categoriesOf(Frequency frequency) {
    return IntStream.range(0, frequencies.size())
        .filter(category -> frequencies.get(category) == frequency)
        .toArray();
  }

  /**
   * Of each image's detections, of whatever class, the best so many; of them those whose class the
   * image was labelled with. Columns in file order.
   */
  Detections judged(BoxColumns truths, int images, Detections detections, int mostAnImage) {
    Cells positive = new Cells();
    for (int row = 0; row < truths.size; row++) {
      positive.add(truths.image[row], truths.category[row]);
    }
    positive.sort();
    BoxColumns all = detections.boxes;
    BitSet best = best(all, images, mostAnImage);
    BoxColumns judged = new BoxColumns();
    double[] xywh = new double[4];
    for (int row = best.nextSetBit(0); row >= 0; row = best.nextSetBit(row + 1)) {
      int image = all.image[row];
      int category = all.category[row];
      if (category >= 0
          && (positive.contain(image, category) || negative.contain(image, category))) {
        judged.add(image, category, all.box(row, xywh), all.value[row]);
      }
    }
    return new Detections(judged);
  }

  private static BitSet best(BoxColumns all, int images, int mostAnImage) {
    int[] rows = all.byImage(images);
    BitSet best = new BitSet(all.size);
    DescendingOrder byScore = new DescendingOrder();
    int to;
    for (int from = 0; from < rows.length; from = to) {
      to = from;
      while (to < rows.length && all.image[rows[to]] == all.image[rows[from]]) {
        to++;
      }
      int first = from;
      double[] scores = IntStream.range(from, to).mapToDouble(i -> all.value[rows[i]]).toArray();
      int[] order = byScore.of(scores, scores.length);
      Arrays.stream(order, 0, Math.min(scores.length, mostAnImage))
          .forEach(place -> best.set(rows[first + place]));
    }
    return best;
  }

  /** Pairs of an image and a category, by their places. */
  static final class Cells {
    private static final int FIRST_CAPACITY = 1024;

    private long[] keys = new long[FIRST_CAPACITY];
    private int size;

    void add(int image, int category) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, size * 2);
      }
      keys[size++] = key(image, category);
    }

    /** To be called after the last pair was added, before the first question. */
    void sort() {
      Arrays.sort(keys, 0, size);
    }

    boolean contain(int image, int category) {
      return Arrays.binarySearch(keys, 0, size, key(image, category)) >= 0;
    }

    private static long key(int image, int category) {
      return (long) image << Integer.SIZE | category;
    }
  }
}
