package dev.labelloop.activities.evaluation.coco;

/**
 * How numpy adds the values of an array; pycocotools' printed means inherit their last bits from
 * it, and so differ between numpy versions while the arrays do not.
 *
 * <p>The tree: fewer than 8 values from left to right; up to 128 in eight running sums; more in
 * halves, cut at a multiple of 8.
 */
public enum NumpySum {
  /** One tree over all values: numpy since PR 27883 (December 2024), seen in 2.4.6. */
  TREE {
    @Override
    double of(double[] values, int n) {
      return pairwise(values, 0, n);
    }
  },
  /** A tree for each 8,192 values, added from left to right: before, seen in 1.24.2. */
  CHUNKED {
    @Override
    double of(double[] values, int n) {
      double sum = 0;
      for (int from = 0; from < n; from += CHUNK) {
        sum += pairwise(values, from, Math.min(CHUNK, n - from));
      }
      return sum;
    }
  };

  private static final int CHUNK = 8192;
  private static final int LANES = 8;
  private static final int BLOCK = 128;

  /** The sum of the first n values. */
  abstract double of(double[] values, int n);

  private static double pairwise(double[] v, int from, int n) {
    if (n < LANES) {
      double sum = 0;
      for (int i = from; i < from + n; i++) {
        sum += v[i];
      }
      return sum;
    }
    if (n <= BLOCK) {
      return block(v, from, n);
    }
    int half = n / 2 / LANES * LANES;
    return pairwise(v, from, half) + pairwise(v, from + half, n - half);
  }

  private static double block(double[] v, int from, int n) {
    double[] r = new double[LANES];
    System.arraycopy(v, from, r, 0, LANES);
    int i = LANES;
    for (; i < n - n % LANES; i += LANES) {
      for (int lane = 0; lane < LANES; lane++) {
        r[lane] += v[from + i + lane];
      }
    }
    double sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < n; i++) {
      sum += v[from + i];
    }
    return sum;
  }
}
