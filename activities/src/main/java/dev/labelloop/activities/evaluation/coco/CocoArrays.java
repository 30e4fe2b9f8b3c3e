package dev.labelloop.activities.evaluation.coco;

import java.util.stream.IntStream;

/**
 * The arrays of an evaluation in C order, categories by ascending id, the other axes as in the
 * protocol: {@code precision} and {@code scores} are [T, R=101, K, A, M], {@code recall} is [T, K,
 * A, M]. {@link CocoResult#UNDEFINED} stands where a class has no ground truth that counts.
 */
final class CocoArrays {
  final Protocol protocol;
  final int categories;
  final double[] precision;
  final double[] recall;
  final double[] scores;

  CocoArrays(
      Protocol protocol, int categories, double[] precision, double[] recall, double[] scores) {
    this.protocol = protocol;
    this.categories = categories;
    this.precision = precision;
    this.recall = recall;
    this.scores = scores;
  }

  int[] everyThreshold() {
    return IntStream.range(0, protocol.thresholds()).toArray();
  }

  /** The place of exactly this threshold; empty if it is not measured. */
  int[] threshold(double iou) {
    int place = protocol.thresholdIndex(iou);
    return place < 0 ? new int[0] : new int[] {place};
  }

  int[] everyClass() {
    return IntStream.range(0, categories).toArray();
  }

  /** Place of the figure of a threshold, recall point, class, area and limit. */
  int cell(int threshold, int point, int category, int area, int limit) {
    int row = threshold * Protocol.RECALL_POINTS + point;
    return at(row, category, area, limit);
  }

  /** Mean precision; undefined also where area or limit is -1, which is not measured. */
  double averagePrecision(NumpySum sum, int[] thresholds, int[] classes, int area, int limit) {
    return mean(sum, precision, Protocol.RECALL_POINTS, thresholds, classes, area, limit);
  }

  /** Mean recall; undefined also where area or limit is -1, which is not measured. */
  double averageRecall(NumpySum sum, int[] thresholds, int[] classes, int area, int limit) {
    return mean(sum, recall, 1, thresholds, classes, area, limit);
  }

  /** Mean of what is defined, in the arrays' order. */
  private double mean(
      NumpySum sum,
      double[] array,
      int rowsOfThreshold,
      int[] thresholds,
      int[] classes,
      int area,
      int limit) {
    if (area < 0 || limit < 0) {
      return CocoResult.UNDEFINED;
    }
    double[] defined = new double[thresholds.length * rowsOfThreshold * classes.length];
    int n = 0;
    for (int t : thresholds) {
      for (int row = t * rowsOfThreshold; row < (t + 1) * rowsOfThreshold; row++) {
        for (int k : classes) {
          double value = array[at(row, k, area, limit)];
          if (value > CocoResult.UNDEFINED) {
            defined[n++] = value;
          }
        }
      }
    }
    return n == 0 ? CocoResult.UNDEFINED : sum.of(defined, n) / n;
  }

  private int at(int row, int category, int area, int limit) {
    return ((row * categories + category) * protocol.areas() + area) * protocol.limits() + limit;
  }
}
