package dev.labelloop.activities.review.quality;

import java.util.List;
import java.util.function.DoublePredicate;

/**
 * An interval for the mean of values in [0, 1] that may be looked at after every value: the chance
 * that it <i>ever</i> leaves the mean out is at most {@value #RISK}, half of it on either side. An
 * ordinary interval promises that of one look alone, and whoever looks often enough sees it fail.
 *
 * <p>Somebody bets against each possible mean m: a capital of 1 is multiplied by {@code 1 ± λ (x -
 * m)} at each value x, with a stake λ that is chosen before x. If m is the mean, the capital grows
 * in no bet on average, and ever reaches {@code 2 / risk} with a chance of {@code risk / 2} at most
 * (Ville's inequality); so every m against which it does is ruled out. No shape of the values is
 * assumed, only that each is expected to be m, whatever came before. Stakes are the "predictable
 * plug-in" of Waudby-Smith and Ramdas 2024, Estimating means of bounded random variables by betting
 * (equations 24 to 26), <a href="https://arxiv.org/abs/2010.09686">arXiv 2010.09686</a>.
 */
public final class ConfidenceSequence {
  /** That the mean is ever left out, on either side. */
  public static final double RISK = 0.01;

  /** Of the largest stake that cannot ruin, so that one bad bet is no ruin either. */
  private static final double BOLDNESS = 0.5;

  /** Halvings of [0, 1]: finer than anybody reads. */
  private static final int HALVINGS = 40;

  private final double[] values;
  private final double[] stakes;
  private final double target;

  private ConfidenceSequence(List<Double> values, double risk) {
    this.values = values.stream().mapToDouble(Double::doubleValue).toArray();
    this.stakes = stakes(this.values, risk);
    this.target = Math.log(2 / risk);
  }

  /**
   * The interval after these values.
   *
   * @param values each in [0, 1], in the order in which they came
   */
  public static Estimate of(List<Double> values) {
    return of(values, RISK);
  }

  /** Whether the whole interval lies below a mean. */
  static boolean isBelow(List<Double> values, double mean) {
    return new ConfidenceSequence(values, RISK).ruledOutFromBelow(mean);
  }

  static Estimate of(List<Double> values, double risk) {
    ConfidenceSequence sequence = new ConfidenceSequence(values, risk);
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    if (values.isEmpty()) {
      return new Estimate(mean, 0, 1, 0);
    }
    double low = border(mean, 0, sequence::ruledOutFromAbove);
    double high = border(mean, 1, sequence::ruledOutFromBelow);
    return new Estimate(mean, low, high, values.size());
  }

  /** Whether the values lie too high for this mean. */
  private boolean ruledOutFromAbove(double mean) {
    double most = mean == 0 ? Double.POSITIVE_INFINITY : BOLDNESS / mean;
    return logCapital(mean, most, 1) >= target;
  }

  /** Whether the values lie too low for this mean. */
  private boolean ruledOutFromBelow(double mean) {
    double most = mean == 1 ? Double.POSITIVE_INFINITY : BOLDNESS / (1 - mean);
    return logCapital(mean, most, -1) >= target;
  }

  private double logCapital(double mean, double mostStake, int side) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += Math.log1p(side * Math.min(stakes[i], mostStake) * (values[i] - mean));
    }
    return sum;
  }

  /** Each from the variance of the values before it; unseen, values vary as they can at most. */
  private static double[] stakes(double[] values, double risk) {
    double[] stakes = new double[values.length];
    double squares = 0.25;
    double sum = 0.5;
    for (int i = 0; i < values.length; i++) {
      int t = i + 1;
      double variance = squares / t;
      stakes[i] = Math.sqrt(2 * Math.log(2 / risk) / (variance * t * Math.log(t + 1)));
      sum += values[i];
      double away = values[i] - sum / (t + 1);
      squares += away * away;
    }
    return stakes;
  }

  /**
   * Where, from the middle to the end of [0, 1], means begin to be ruled out; the end if nowhere.
   */
  private static double border(double middle, double end, DoublePredicate ruledOut) {
    if (!ruledOut.test(end)) {
      return end;
    }
    double in = middle;
    double out = end;
    for (int i = 0; i < HALVINGS; i++) {
      double between = (in + out) / 2;
      if (ruledOut.test(between)) {
        out = between;
      } else {
        in = between;
      }
    }
    return in;
  }
}
