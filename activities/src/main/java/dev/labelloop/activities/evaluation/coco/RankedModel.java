package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;

/**
 * One model's detections, matched and ranked once, so that its mAP under any weights of the images
 * costs one walk along each class's ranking.
 *
 * <p>An image of weight w counts as w copies of it, side by side. Copies of a true positive raise
 * precision one after the other, so the last of them is the best, and stands for all: equal to
 * evaluating a set that really holds the copies, up to rounding. Only detections of one image that
 * are equally sure stand in copy after copy, and are walked so.
 */
final class RankedModel {
  /** numpy's {@code spacing(1)}, as in {@link ClassCurves}. */
  private static final double SPACING = 0x1.0p-52;

  private static final int FIRST_CAPACITY = 64;
  private static final int ALL_MISSED = ClassMatches.ALL_THRESHOLDS << Protocol.THRESHOLDS;

  private final int images;
  private final Ranking[] classes;

  private RankedModel(int images, Ranking[] classes) {
    this.images = images;
    this.classes = classes;
  }

  /**
   * A class.
   *
   * @param truths image of each ground truth that counts
   * @param image of each detection, the highest score first
   * @param matches of each detection: true positives by threshold in the lower bits, false ones
   *     above
   * @param ties of each detection: how many from it on are of its image and its score
   */
  private record Ranking(int[] truths, int[] image, int[] matches, int[] ties) {}

  /** Matches a model's detections to the truth by COCO's rules for mAP. */
  static RankedModel of(GroundTruth truth, Detections detections) {
    Ranking[] classes = new Ranking[truth.categories()];
    int[][] truths = countedTruths(truth);
    DescendingOrder byScore = new DescendingOrder();
    new CocoEvaluator(Protocol.MAP_ONLY)
        .matchEach(
            truth,
            detections,
            (category, matches) -> classes[category] = ranking(truths[category], matches, byScore));
    return new RankedModel(truth.images(), classes);
  }

  private static int[][] countedTruths(GroundTruth truth) {
    int[][] truths = new int[truth.categories()][0];
    int[] size = new int[truth.categories()];
    AreaRange area = Protocol.MAP_ONLY.area(0);
    for (int row = 0; row < truth.boxes.size; row++) {
      if (!truth.crowd.get(row) && !area.excludes(truth.boxes.value[row])) {
        int category = truth.boxes.category[row];
        if (size[category] == truths[category].length) {
          truths[category] =
              Arrays.copyOf(truths[category], Math.max(FIRST_CAPACITY, 2 * size[category]));
        }
        truths[category][size[category]++] = truth.boxes.image[row];
      }
    }
    for (int k = 0; k < truths.length; k++) {
      truths[k] = Arrays.copyOf(truths[k], size[k]);
    }
    return truths;
  }

  private static Ranking ranking(int[] truths, ClassMatches matches, DescendingOrder byScore) {
    int[] order = byScore.of(matches.score, matches.size);
    int[] image = new int[matches.size];
    int[] bits = new int[matches.size];
    int[] ties = new int[matches.size];
    for (int i = matches.size - 1; i >= 0; i--) {
      int flags = matches.flags[0][order[i]];
      image[i] = matches.image[order[i]];
      bits[i] =
          ClassMatches.truePositive(flags)
              | ClassMatches.falsePositive(flags) << Protocol.THRESHOLDS;
      boolean tied =
          i + 1 < matches.size
              && image[i + 1] == image[i]
              && matches.score[order[i + 1]] == matches.score[order[i]];
      ties[i] = tied ? ties[i + 1] + 1 : 1;
    }
    return new Ranking(truths, image, bits, ties);
  }

  int images() {
    return images;
  }

  int classes() {
    return classes.length;
  }

  /**
   * AP of every class under weights of the images.
   *
   * @param weights by place of the image, not negative
   * @param ap is filled by class: fractions in [0, 1], {@link CocoResult#UNDEFINED} for a class
   *     whose truths all weigh nothing
   * @param room to work in, one a thread
   */
  void classAp(int[] weights, double[] ap, Room room) {
    for (int k = 0; k < classes.length; k++) {
      ap[k] = ap(classes[k], weights, room);
    }
  }

  /** Mean of the classes that are defined; {@link CocoResult#UNDEFINED} if none is. */
  static double mean(double[] classAp) {
    double sum = 0;
    int n = 0;
    for (double ap : classAp) {
      if (ap != CocoResult.UNDEFINED) {
        sum += ap;
        n++;
      }
    }
    return n == 0 ? CocoResult.UNDEFINED : sum / n;
  }

  private static double ap(Ranking ranking, int[] weights, Room room) {
    int counted = 0;
    for (int image : ranking.truths) {
      counted += weights[image];
    }
    if (counted == 0) {
      return CocoResult.UNDEFINED;
    }
    room.reserve(counted);
    walk(ranking, weights, room);
    double sum = 0;
    for (int t = 0; t < Protocol.THRESHOLDS; t++) {
      sum += read(room.hits[t], room.precision[t], room.steps[t], counted);
    }
    return sum / (Protocol.THRESHOLDS * Protocol.RECALL_POINTS);
  }

  private static void walk(Ranking ranking, int[] weights, Room room) {
    room.clear();
    int[] image = ranking.image;
    int at = 0;
    while (at < image.length) {
      int weight = weights[image[at]];
      int ties = ranking.ties[at];
      if (ties == 1 || weight <= 1) {
        room.step(ranking.matches[at], weight);
        at++;
      } else {
        for (int copy = 0; copy < weight; copy++) {
          for (int i = at; i < at + ties; i++) {
            room.step(ranking.matches[i], 1);
          }
        }
        at += ties;
      }
    }
  }

  /** The sum of the best precisions at COCO's recall points. */
  private static double read(int[] hits, double[] precision, int steps, int counted) {
    if (steps == 0) {
      return 0;
    }
    for (int i = steps - 1; i > 0; i--) {
      precision[i - 1] = Math.max(precision[i - 1], precision[i]);
    }
    double sum = precision[0];
    int step = 0;
    for (int r = 1; r < Protocol.RECALL_POINTS; r++) {
      double recall = Protocol.recall(r);
      while (step < steps && hits[step] / (double) counted < recall) {
        step++;
      }
      if (step == steps) {
        break;
      }
      sum += precision[step];
    }
    return sum;
  }

  /** Room for one class's curves: at each threshold the steps where recall rises. */
  static final class Room {
    private final int[] steps = new int[Protocol.THRESHOLDS];
    private final int[] missed = new int[Protocol.THRESHOLDS];
    private final int[][] hits = new int[Protocol.THRESHOLDS][0];
    private final double[][] precision = new double[Protocol.THRESHOLDS][0];

    /** Detections that are false at every threshold, as most are. */
    private int missedByAll;

    private void reserve(int truths) {
      if (hits[0].length < truths) {
        int capacity = 2 * truths;
        for (int t = 0; t < Protocol.THRESHOLDS; t++) {
          hits[t] = new int[capacity];
          precision[t] = new double[capacity];
        }
      }
    }

    private void clear() {
      Arrays.fill(steps, 0);
      Arrays.fill(missed, 0);
      missedByAll = 0;
    }

    private void step(int matches, int weight) {
      if (matches == ALL_MISSED) {
        missedByAll += weight;
      } else if (weight > 0) {
        count(matches, weight);
      }
    }

    private void count(int matches, int weight) {
      int missedAt = matches >>> Protocol.THRESHOLDS;
      for (int t = 0; t < Protocol.THRESHOLDS; t++) {
        missed[t] += weight * (missedAt >> t & 1);
        if ((matches >> t & 1) == 1) {
          int step = steps[t]++;
          int sum = (step == 0 ? 0 : hits[t][step - 1]) + weight;
          hits[t][step] = sum;
          precision[t][step] = sum / ((double) missed[t] + missedByAll + sum + SPACING);
        }
      }
    }
  }
}
