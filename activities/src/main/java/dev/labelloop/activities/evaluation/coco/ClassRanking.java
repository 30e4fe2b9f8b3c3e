package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;

/**
 * One class's detections by falling score, cut at each threshold into runs of true positives, so
 * that AP under any weights of the images costs one step a run.
 *
 * <p>An image of weight w counts as w copies of it, side by side. Along a run precision only rises,
 * so its end stands for all of it, copies included: equal to evaluating a set that really holds the
 * copies, up to rounding. Only detections of one image that are equally sure stand in copy after
 * copy; where they differ they are walked so.
 */
final class ClassRanking {
  /** numpy's {@code spacing(1)}, as in {@link ClassCurves}. */
  private static final double SPACING = 0x1.0p-52;

  /** Image of each ground truth that counts. */
  private final int[] truths;

  /** Image of each detection. */
  private final int[] image;

  /** Of each detection: thresholds at which it is a true positive, as bits. */
  private final int[] hits;

  /** Of each detection: thresholds at which it is a false positive, as bits. */
  private final int[] misses;

  /**
   * By threshold, in threes: where false positives end that began at the cut before; where true
   * positives begin; where they end. What lies between the first two is ignored, so that an ignored
   * detection is a run of none. In place of the second, the complement of the first tells of unlike
   * detections of one image and score.
   */
  private final int[][] cuts = new int[Protocol.THRESHOLDS][];

  /**
   * A class.
   *
   * @param truths image of each ground truth that counts
   * @param matches its detections, matched
   * @param order places of {@code matches} by falling score
   */
  ClassRanking(int[] truths, ClassMatches matches, int[] order) {
    this.truths = truths;
    image = new int[matches.size];
    hits = new int[matches.size];
    misses = new int[matches.size];
    int[] tiedUntil = new int[matches.size];
    for (int i = matches.size - 1; i >= 0; i--) {
      int flags = matches.flags[0][order[i]];
      image[i] = matches.image[order[i]];
      hits[i] = ClassMatches.truePositive(flags);
      misses[i] = ClassMatches.falsePositive(flags);
      boolean tied =
          i + 1 < matches.size
              && image[i + 1] == image[i]
              && matches.score[order[i + 1]] == matches.score[order[i]];
      tiedUntil[i] = tied ? tiedUntil[i + 1] : i + 1;
    }
    int[] room = new int[3 * matches.size];
    for (int t = 0; t < cuts.length; t++) {
      cuts[t] = Arrays.copyOf(room, cut(1 << t, tiedUntil, room));
    }
  }

  private int cut(int threshold, int[] tiedUntil, int[] cut) {
    int n = 0;
    for (int from = 0, to; from < image.length; from = to) {
      to = tiedUntil[from];
      if (all(misses, from, to, threshold)) {
        continue;
      }
      boolean hit = all(hits, from, to, threshold);
      if (hit && n > 0 && cut[n - 1] == from && cut[n - 2] >= 0) {
        cut[n - 1] = to;
        continue;
      }
      boolean ignored = !hit && to == from + 1;
      cut[n++] = from;
      cut[n++] = hit ? from : ignored ? to : ~from;
      cut[n++] = to;
    }
    return n;
  }

  private static boolean all(int[] bits, int from, int to, int threshold) {
    int common = threshold;
    for (int i = from; i < to; i++) {
      common &= bits[i];
    }
    return common != 0;
  }

  /**
   * AP, a fraction in [0, 1]; {@link CocoResult#UNDEFINED} if all truths weigh nothing.
   *
   * @param weights by place of the image, not negative
   */
  double ap(int[] weights, Room room) {
    int counted = 0;
    for (int truth : truths) {
      counted += weights[truth];
    }
    if (counted == 0) {
      return CocoResult.UNDEFINED;
    }
    room.begin(counted, image, weights);
    double sum = 0;
    for (int t = 0; t < cuts.length; t++) {
      walk(t, room);
      sum += room.sumOfPrecisions();
    }
    return sum / (Protocol.THRESHOLDS * Protocol.RECALL_POINTS);
  }

  private void walk(int t, Room room) {
    int[] cut = cuts[t];
    int[] before = room.before;
    int hit = 0;
    int missed = 0;
    int end = 0;
    for (int i = 0; i < cut.length; i += 3) {
      missed += before[cut[i]] - before[end];
      int from = cut[i + 1];
      end = cut[i + 2];
      if (from >= 0) {
        hit += before[end] - before[from];
        room.reach(hit, missed);
        continue;
      }
      from = ~from;
      for (int copies = before[from + 1] - before[from]; copies > 0; copies--) {
        for (int tied = from; tied < end; tied++) {
          hit += hits[tied] >> t & 1;
          missed += misses[tied] >> t & 1;
          room.reach(hit, missed);
        }
      }
    }
  }

  /** Room to work in, one a thread. */
  static final class Room {
    /** Weight of the detections before each place of the ranking. */
    private int[] before = new int[0];

    /** By number of true positives: the last recall point that they reach. */
    private int[] reached = new int[0];

    /**
     * By recall point: the best precision among those that reach it and no further one, as raw
     * bits. Doubles from 0 on order as these do, and the greater of two integers is had in half the
     * time of {@code Math.max(double, double)}, which minds NaN and the sign of 0.
     */
    private final long[] best = new long[Protocol.RECALL_POINTS];

    private void begin(int counted, int[] image, int[] weights) {
      if (before.length <= image.length) {
        before = new int[2 * image.length + 1];
      }
      int weight = 0;
      for (int i = 0; i < image.length; i++) {
        weight += weights[image[i]];
        before[i + 1] = weight;
      }
      if (reached.length <= counted) {
        reached = new int[2 * counted + 1];
      }
      int point = 0;
      for (int hit = 0; hit <= counted; hit++) {
        double recall = hit / (double) counted;
        while (point + 1 < best.length && recall >= Protocol.recall(point + 1)) {
          point++;
        }
        reached[hit] = point;
      }
    }

    private void reach(int hit, int missed) {
      int point = reached[hit];
      double precision = hit / (missed + hit + SPACING);
      best[point] = Math.max(best[point], Double.doubleToRawLongBits(precision));
    }

    /** The best precisions from each of COCO's recall points on, summed; forgets them. */
    private double sumOfPrecisions() {
      long highest = 0;
      double sum = 0;
      for (int point = best.length - 1; point >= 0; point--) {
        highest = Math.max(highest, best[point]);
        sum += Double.longBitsToDouble(highest);
        best[point] = 0;
      }
      return sum;
    }
  }
}
