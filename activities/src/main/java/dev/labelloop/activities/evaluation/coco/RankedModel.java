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
   * @param hits of each detection: thresholds at which it is a true positive, as bits
   * @param ignored of each detection: thresholds at which it does not count, as bits
   * @param ties of each detection: how many from it on are of its image and its score
   */
  private record Ranking(int[] truths, int[] image, int[] hits, int[] ignored, int[] ties) {}

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
    int[] hits = new int[matches.size];
    int[] ignored = new int[matches.size];
    int[] ties = new int[matches.size];
    for (int i = matches.size - 1; i >= 0; i--) {
      int flags = matches.flags[0][order[i]];
      image[i] = matches.image[order[i]];
      hits[i] = ClassMatches.truePositive(flags);
      ignored[i] = ClassMatches.ALL_THRESHOLDS & ~(hits[i] | ClassMatches.falsePositive(flags));
      boolean tied =
          i + 1 < matches.size
              && image[i + 1] == image[i]
              && matches.score[order[i + 1]] == matches.score[order[i]];
      ties[i] = tied ? ties[i + 1] + 1 : 1;
    }
    return new Ranking(truths, image, hits, ignored, ties);
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
    room.begin(counted);
    walk(ranking, weights, room);
    double sum = 0;
    for (int t = 0; t < Protocol.THRESHOLDS; t++) {
      sum += room.sumOfPrecisions(t);
    }
    return sum / (Protocol.THRESHOLDS * Protocol.RECALL_POINTS);
  }

  private static void walk(Ranking ranking, int[] weights, Room room) {
    int[] image = ranking.image;
    int at = 0;
    while (at < image.length) {
      int weight = weights[image[at]];
      int ties = ranking.ties[at];
      if (ties == 1 || weight <= 1) {
        room.take(ranking.hits[at], ranking.ignored[at], weight);
        at++;
      } else {
        for (int copy = 0; copy < weight; copy++) {
          for (int i = at; i < at + ties; i++) {
            room.take(ranking.hits[i], ranking.ignored[i], 1);
          }
        }
        at += ties;
      }
    }
  }

  /**
   * Room for one class's curves: at each threshold the steps where recall rises, as counts of true
   * and false positives. Which of two precisions is higher is told by products of counts, so that
   * only those that are read are divided.
   */
  static final class Room {
    private final int[] steps = new int[Protocol.THRESHOLDS];
    private final int[] ignored = new int[Protocol.THRESHOLDS];
    private final int[][] hits = new int[Protocol.THRESHOLDS][0];
    private final int[][] misses = new int[Protocol.THRESHOLDS][0];

    /** By recall point: the true positives that reach it. */
    private final int[] needed = new int[Protocol.RECALL_POINTS];

    private int seen;

    private void begin(int counted) {
      if (hits[0].length < counted) {
        int capacity = 2 * counted;
        for (int t = 0; t < Protocol.THRESHOLDS; t++) {
          hits[t] = new int[capacity];
          misses[t] = new int[capacity];
        }
      }
      Arrays.fill(steps, 0);
      Arrays.fill(ignored, 0);
      seen = 0;
      int needs = 0;
      for (int r = 0; r < Protocol.RECALL_POINTS; r++) {
        needs = Math.max(needs, (int) (Protocol.recall(r) * counted) - 1);
        while (needs / (double) counted < Protocol.recall(r)) {
          needs++;
        }
        needed[r] = needs;
      }
    }

    private void take(int hit, int ignore, int weight) {
      seen += weight;
      if (weight == 0) {
        return;
      }
      for (int bits = ignore; bits != 0; bits &= bits - 1) {
        ignored[Integer.numberOfTrailingZeros(bits)] += weight;
      }
      for (int bits = hit; bits != 0; bits &= bits - 1) {
        int t = Integer.numberOfTrailingZeros(bits);
        int step = steps[t]++;
        int sum = (step == 0 ? 0 : hits[t][step - 1]) + weight;
        hits[t][step] = sum;
        misses[t][step] = seen - ignored[t] - sum;
      }
    }

    /** The best precisions from each of COCO's recall points on, summed. */
    private double sumOfPrecisions(int t) {
      int[] hit = hits[t];
      int[] missed = misses[t];
      int step = steps[t] - 1;
      long bestHits = 0;
      long bestMisses = 1;
      double best = 0;
      double sum = 0;
      for (int r = Protocol.RECALL_POINTS - 1; r >= 0; r--) {
        boolean better = false;
        while (step >= 0 && hit[step] >= needed[r]) {
          if (hit[step] * bestMisses > bestHits * missed[step]) {
            bestHits = hit[step];
            bestMisses = missed[step];
            better = true;
          }
          step--;
        }
        if (better) {
          best = bestHits / (bestMisses + bestHits + SPACING);
        }
        sum += best;
      }
      return sum;
    }
  }
}
