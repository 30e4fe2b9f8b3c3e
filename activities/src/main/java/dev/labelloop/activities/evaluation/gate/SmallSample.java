package dev.labelloop.activities.evaluation.gate;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far away the end of a bootstrap interval must lie when clusters are few. Draws from n
 * clusters vary less than n others of the world would, by √((n − 1) / n), and their quantiles know
 * nothing of how unsure that variance is. Both are mended as for Student's interval: the expanded
 * percentile interval of Hesterberg 2015, What Teachers Should Know about the Bootstrap, <a
 * href="https://arxiv.org/abs/1411.5279">arXiv 1411.5279</a>.
 */
final class SmallSample {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  private SmallSample() {}

  /**
   * Standard errors of the draws between the gain and its bound.
   *
   * @param risk that the bound is wrong, in (0, 0.5]
   * @param clusters drawn from; of fewer than two nothing is known, and two are taken
   */
  static double errors(double risk, int clusters) {
    int n = Math.max(2, clusters);
    return Math.sqrt(n / (n - 1.0)) * -TDistribution.of(n - 1).inverseCumulativeProbability(risk);
  }

  /** The share of the draws that lies beyond the bound, in [0, risk]. */
  static double share(double risk, int clusters) {
    return NORMAL.cumulativeProbability(-errors(risk, clusters));
  }
}
