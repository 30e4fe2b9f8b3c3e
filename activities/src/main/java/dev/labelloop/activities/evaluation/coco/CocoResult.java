package dev.labelloop.activities.evaluation.coco;

import java.util.ArrayList;
import java.util.List;

/**
 * What an evaluation measured.
 *
 * <p>The arrays are in C order, categories by ascending id, areas all, small, medium, large, and
 * limits of 1, 10 and 100 detections: {@code precision} and {@code scores} are [T=10, R=101, K, A,
 * M], {@code recall} is [T, K, A, M]. {@link #UNDEFINED} stands where a class has no ground truth
 * that counts.
 */
public final class CocoResult {
  /** COCO's mark of a figure that does not exist; left out of every mean. */
  public static final double UNDEFINED = -1;

  /** The names of the 12 numbers, in pycocotools' order. */
  public static final List<String> STAT_NAMES =
      List.of(
          "AP",
          "AP50",
          "AP75",
          "APsmall",
          "APmedium",
          "APlarge",
          "AR1",
          "AR10",
          "AR100",
          "ARsmall",
          "ARmedium",
          "ARlarge");

  private static final int AT_50 = 0;
  private static final int AT_75 = 5;

  private final GroundTruth truth;
  private final Protocol protocol;
  private final double[] precision;
  private final double[] recall;
  private final double[] scores;

  CocoResult(
      GroundTruth truth, Protocol protocol, double[] precision, double[] recall, double[] scores) {
    this.truth = truth;
    this.protocol = protocol;
    this.precision = precision;
    this.recall = recall;
    this.scores = scores;
  }

  /**
   * AP of one class over all IoU thresholds.
   *
   * @param id of the category in its file
   * @param ap a fraction in [0, 1], or {@link CocoResult#UNDEFINED}
   */
  public record ClassAp(long id, String name, double ap) {}

  /**
   * The 12 numbers that pycocotools prints, fractions in [0, 1] or {@link #UNDEFINED}, as with
   * numpy from 2.3 on.
   */
  public double[] stats() {
    return stats(NumpySum.TREE);
  }

  /** The 12 numbers as pycocotools computes them on a numpy that sums this way. */
  public double[] stats(NumpySum sum) {
    int last = protocol.limits() - 1;
    double[] stats = new double[STAT_NAMES.size()];
    stats[0] = map(sum);
    stats[1] = averagePrecision(sum, AT_50, 0);
    stats[2] = averagePrecision(sum, AT_75, 0);
    for (int area = 1; area <= 3; area++) {
      stats[2 + area] = meanPrecision(sum, 0, Protocol.THRESHOLDS, 0, truth.categories(), area);
      stats[8 + area] = averageRecall(sum, area, last);
    }
    for (int limit = 0; limit <= last; limit++) {
      stats[6 + limit] = averageRecall(sum, 0, limit);
    }
    return stats;
  }

  /** mAP over all thresholds: a fraction in [0, 1], or {@link #UNDEFINED}. */
  double map(NumpySum sum) {
    return meanPrecision(sum, 0, Protocol.THRESHOLDS, 0, truth.categories(), 0);
  }

  /** AP at IoU .50: a fraction in [0, 1], or {@link #UNDEFINED}. */
  double ap50(NumpySum sum) {
    return averagePrecision(sum, AT_50, 0);
  }

  /** AP of each class, by ascending category id. */
  public List<ClassAp> perClass() {
    List<ClassAp> classes = new ArrayList<>();
    for (int k = 0; k < truth.categories(); k++) {
      double ap = meanPrecision(NumpySum.TREE, 0, Protocol.THRESHOLDS, k, k + 1, 0);
      classes.add(new ClassAp(truth.categoryId(k), truth.categoryName(k), ap));
    }
    return classes;
  }

  /** The array {@code precision}; not a copy. */
  double[] precision() {
    return precision;
  }

  /** The array {@code recall}; not a copy. */
  double[] recall() {
    return recall;
  }

  /** The array {@code scores}; not a copy. */
  double[] scores() {
    return scores;
  }

  private double averagePrecision(NumpySum sum, int threshold, int area) {
    return meanPrecision(sum, threshold, threshold + 1, 0, truth.categories(), area);
  }

  private double meanPrecision(NumpySum sum, int fromT, int toT, int fromK, int toK, int area) {
    int lastLimit = protocol.limits() - 1;
    int fromRow = fromT * Protocol.RECALL_POINTS;
    int toRow = toT * Protocol.RECALL_POINTS;
    return mean(sum, precision, fromRow, toRow, fromK, toK, area, lastLimit);
  }

  private double averageRecall(NumpySum sum, int area, int limit) {
    return mean(sum, recall, 0, Protocol.THRESHOLDS, 0, truth.categories(), area, limit);
  }

  /** Mean of what is defined, in the arrays' order; rows are the axes before the categories. */
  private double mean(
      NumpySum sum,
      double[] array,
      int fromRow,
      int toRow,
      int fromK,
      int toK,
      int area,
      int limit) {
    double[] defined = new double[(toRow - fromRow) * (toK - fromK)];
    int n = 0;
    for (int row = fromRow; row < toRow; row++) {
      for (int k = fromK; k < toK; k++) {
        int cell = (row * truth.categories() + k) * protocol.areas() + area;
        double value = array[cell * protocol.limits() + limit];
        if (value > UNDEFINED) {
          defined[n++] = value;
        }
      }
    }
    return n == 0 ? UNDEFINED : sum.of(defined, n) / n;
  }
}
