package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;

/**
 * The precision-recall curves of all classes, read at COCO's recall points.
 *
 * <p>Recall rises, and precision is at its best, only at true positives; so a curve is kept as the
 * list of its true positives alone. An ignored detection keeps its place in the ranking, which
 * shows only in the score that belongs to recall 0: that of the very first detection.
 */
final class ClassCurves {
  /** numpy's {@code spacing(1)}, which keeps pycocotools from dividing by zero. */
  private static final double SPACING = 0x1.0p-52;

  private final Protocol protocol;
  private final int categories;
  private final int thresholds;
  private final int allThresholds;
  private final double[] precision;
  private final double[] scores;
  private final double[] recall;
  private final int[] truths;
  private final int[] detections;
  private final DescendingOrder byScore = new DescendingOrder();

  // By threshold: true and false positives so far, then each true positive's precision and score.
  private final int[] hits;
  private final int[] misses;
  private final double[][] hitPrecision;
  private final double[][] hitScore;

  ClassCurves(Protocol protocol, int categories) {
    this.protocol = protocol;
    this.categories = categories;
    this.thresholds = protocol.thresholds();
    this.allThresholds = (1 << thresholds) - 1;
    hits = new int[thresholds];
    misses = new int[thresholds];
    hitPrecision = new double[thresholds][0];
    hitScore = new double[thresholds][0];
    truths = new int[categories];
    detections = new int[categories];
    int cells = thresholds * categories * protocol.areas() * protocol.limits();
    recall = filled(cells);
    precision = filled(Math.multiplyExact(cells, Protocol.RECALL_POINTS));
    scores = filled(precision.length);
  }

  private static double[] filled(int length) {
    double[] values = new double[length];
    Arrays.fill(values, CocoResult.UNDEFINED);
    return values;
  }

  /** The result of all classes added; those without a countable ground truth stay undefined. */
  CocoResult result(GroundTruth truth) {
    CocoArrays arrays = new CocoArrays(protocol, categories, precision, recall, scores);
    return new CocoResult(truth, arrays, truths, detections);
  }

  void add(int category, ClassMatches matches) {
    int[] order = byScore.of(matches.score, matches.size);
    truths[category] = matches.counted[0];
    detections[category] = matches.size;
    for (int area = 0; area < protocol.areas(); area++) {
      int counted = matches.counted[area];
      if (counted == 0) {
        continue;
      }
      reserve(counted);
      for (int limit = 0; limit < protocol.limits(); limit++) {
        double first = walk(matches, order, area, protocol.limit(limit));
        for (int t = 0; t < thresholds; t++) {
          read(t, counted, first, (category * protocol.areas() + area) * protocol.limits() + limit);
        }
      }
    }
  }

  private void reserve(int truths) {
    if (hitPrecision[0].length < truths) {
      for (int t = 0; t < thresholds; t++) {
        hitPrecision[t] = new double[truths];
        hitScore[t] = new double[truths];
      }
    }
  }

  /** Counts along the ranking; the score of its first detection, 0 where there is none. */
  private double walk(ClassMatches matches, int[] order, int area, int limit) {
    Arrays.fill(hits, 0);
    Arrays.fill(misses, 0);
    double first = 0;
    boolean none = true;
    int missesOfAll = 0; // most detections are false positives at every threshold
    int[] flags = matches.flags[area];
    for (int i = 0; i < matches.size; i++) {
      int row = order[i];
      if (matches.rank[row] >= limit) {
        continue;
      }
      if (none) {
        first = matches.score[row];
        none = false;
      }
      int missed = ClassMatches.falsePositive(flags[row]);
      if (missed == allThresholds) {
        missesOfAll++;
        continue;
      }
      int hit = ClassMatches.truePositive(flags[row]);
      for (int t = 0; t < thresholds; t++) {
        misses[t] += missed >> t & 1;
        if ((hit >> t & 1) == 1) {
          hitScore[t][hits[t]] = matches.score[row];
          double tp = ++hits[t];
          double fp = misses[t] + missesOfAll;
          hitPrecision[t][hits[t] - 1] = tp / (fp + tp + SPACING);
        }
      }
    }
    return first;
  }

  /** Reads one curve at the recall points; {@code cell} is its place in the arrays' last axes. */
  private void read(int t, int counted, double firstScore, int cell) {
    int n = hits[t];
    double[] best = hitPrecision[t];
    for (int i = n - 1; i > 0; i--) {
      best[i - 1] = Math.max(best[i - 1], best[i]);
    }
    int stride = categories * protocol.areas() * protocol.limits();
    recall[t * stride + cell] = n / (double) counted;
    int at = t * Protocol.RECALL_POINTS * stride + cell;
    precision[at] = n > 0 ? best[0] : 0;
    scores[at] = firstScore;
    int hit = 0;
    for (int r = 1; r < Protocol.RECALL_POINTS; r++) {
      // By this division, not by hits >= recall * counted: they differ in the last bit.
      while (hit < n && (hit + 1) / (double) counted < Protocol.recall(r)) {
        hit++;
      }
      at += stride;
      precision[at] = hit < n ? best[hit] : 0;
      scores[at] = hit < n ? hitScore[t][hit] : 0;
    }
  }
}
