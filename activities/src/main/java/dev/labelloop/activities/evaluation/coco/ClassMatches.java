package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;

/**
 * One class's detections after matching, images ascending, inside an image by falling score.
 *
 * <p>A flag word holds {@link Protocol#MOST_THRESHOLDS} bits "matched" and above them as many bits
 * "ignored", one an IoU threshold; thresholds that are not measured are ignored.
 */
final class ClassMatches {
  private static final int FIRST_CAPACITY = 256;

  /** The bits of COCO's thresholds. */
  static final int ALL_THRESHOLDS = (1 << Protocol.THRESHOLDS) - 1;

  private static final int HALF = (1 << Protocol.MOST_THRESHOLDS) - 1;

  /** Ground truths that count, by area. */
  final int[] counted;

  int size;
  double[] score = new double[FIRST_CAPACITY];

  /** Place of the image. */
  int[] image = new int[FIRST_CAPACITY];

  /** Place among the image's detections of this class, from 0. */
  int[] rank = new int[FIRST_CAPACITY];

  /** Flag words by area and detection. */
  final int[][] flags;

  ClassMatches(int areas) {
    counted = new int[areas];
    flags = new int[areas][FIRST_CAPACITY];
  }

  void clear() {
    size = 0;
    Arrays.fill(counted, 0);
  }

  /** A new row for a detection; its flag words are set through {@link #setFlags}. */
  void add(double detectionScore, int imageIndex, int detectionRank) {
    if (size == score.length) {
      int capacity = size * 2;
      score = Arrays.copyOf(score, capacity);
      image = Arrays.copyOf(image, capacity);
      rank = Arrays.copyOf(rank, capacity);
      for (int a = 0; a < flags.length; a++) {
        flags[a] = Arrays.copyOf(flags[a], capacity);
      }
    }
    score[size] = detectionScore;
    image[size] = imageIndex;
    rank[size] = detectionRank;
    size++;
  }

  /** Sets the flags of the newest row; {@code ignored} has the bits that are not measured. */
  void setFlags(int area, int matched, int ignored) {
    flags[area][size - 1] = matched | ignored << Protocol.MOST_THRESHOLDS;
  }

  /** Thresholds at which the detection is a true positive, as bits. */
  static int truePositive(int flags) {
    return flags & ~(flags >>> Protocol.MOST_THRESHOLDS) & HALF;
  }

  /** Thresholds at which the detection is a false positive, as bits. */
  static int falsePositive(int flags) {
    return ~(flags | flags >>> Protocol.MOST_THRESHOLDS) & HALF;
  }
}
