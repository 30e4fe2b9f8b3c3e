package dev.labelloop.activities.training;

/**
 * The learning rate by step: a linear warm-up, then half a cosine down to a twentieth of the peak
 * (SGDR without restarts, arXiv 1608.03983).
 *
 * @param peak rate after the warm-up
 * @param steps of the whole training
 */
record Schedule(double peak, int steps) {
  private static final double LAST_SHARE = 0.05;

  /** Share of the steps spent warming up; batch statistics and moments settle meanwhile. */
  private static final double WARM_UP = 0.05;

  private static final int LEAST_WARM_UP = 5;

  /** The rate of a step, from 0. */
  double rate(int step) {
    int warm = Math.min(steps, Math.max(LEAST_WARM_UP, (int) (steps * WARM_UP)));
    if (step < warm) {
      return peak * (step + 1) / warm;
    }
    double done = (double) (step - warm) / Math.max(1, steps - warm);
    return peak * (LAST_SHARE + (1 - LAST_SHARE) * 0.5 * (1 + Math.cos(Math.PI * done)));
  }
}
