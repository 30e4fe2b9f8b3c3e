package dev.labelloop.activities.review.quality;

import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How far the means of two groups lie apart, with the interval of Welch 1947, <a
 * href="https://doi.org/10.1093/biomet/34.1-2.28">The generalization of Student's problem when
 * several different population variances are involved</a>: the groups may vary differently.
 *
 * @param value mean of the first group less mean of the second
 * @param low end of the interval that holds the true difference with a chance of {@value
 *     #CONFIDENCE}
 * @param high the other end
 */
public record Difference(double value, double low, double high) {
  public static final double CONFIDENCE = 0.95;

  /** Empty where a group has fewer than two values: nothing is known of how it varies. */
  public static Optional<Difference> of(List<Double> first, List<Double> second) {
    if (first.size() < 2 || second.size() < 2) {
      return Optional.empty();
    }
    double value = mean(first) - mean(second);
    double a = squaredError(first);
    double b = squaredError(second);
    if (a + b == 0) {
      return Optional.of(new Difference(value, value, value));
    }
    double freedom = (a + b) * (a + b) / (a * a / (first.size() - 1) + b * b / (second.size() - 1));
    double quantile = TDistribution.of(freedom).inverseSurvivalProbability((1 - CONFIDENCE) / 2);
    double half = quantile * Math.sqrt(a + b);
    return Optional.of(new Difference(value, value - half, value + half));
  }

  static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  /** Of the mean. */
  private static double squaredError(List<Double> values) {
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return squares / (values.size() - 1) / values.size();
  }
}
