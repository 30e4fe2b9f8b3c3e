package dev.labelloop.worker.page;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Of measured times, in milliseconds. */
record Percentiles(List<Double> sorted) {
  static Percentiles of(Collection<Double> times) {
    return new Percentiles(times.stream().sorted().toList());
  }

  /** The least time that this share of all does not exceed; NaN of none. */
  double at(double share) {
    int place = (int) Math.ceil(share * sorted.size());
    return sorted.isEmpty() ? Double.NaN : sorted.get(Math.max(0, place - 1));
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f ms, p95 %.1f ms, p99 %.1f ms, most %.1f ms (n = %d)",
        at(0.5),
        at(0.95),
        at(0.99),
        at(1),
        sorted.size());
  }
}
