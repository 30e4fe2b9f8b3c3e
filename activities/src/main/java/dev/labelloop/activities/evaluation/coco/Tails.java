package dev.labelloop.activities.evaluation.coco;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * The lowest and the highest of many values, for quantiles near both ends: of a thousand classes in
 * thousands of draws the rest would take hundreds of megabytes.
 */
public final class Tails {
  /** A quantile lies between two values, of which the inner may be two places off its share. */
  private static final int BESIDE = 2;

  private final int most;
  private final PriorityQueue<Double> lowest = new PriorityQueue<>(Comparator.reverseOrder());
  private final PriorityQueue<Double> highest = new PriorityQueue<>();
  private int count;

  /**
   * No value yet.
   *
   * @param values at most
   * @param share of them that a quantile may lie away from either end, in [0, 0.5]
   */
  Tails(int values, double share) {
    most = (int) (share * values) + BESIDE;
  }

  void add(double value) {
    count++;
    keep(lowest, value);
    keep(highest, value);
  }

  /** The head is the innermost: it goes first. */
  private void keep(PriorityQueue<Double> end, double value) {
    if (end.size() < most) {
      end.add(value);
    } else if (end.comparator() == null ? value > end.element() : value < end.element()) {
      end.remove();
      end.add(value);
    }
  }

  /** How many values there were. */
  public int count() {
    return count;
  }

  /**
   * A quantile of all values, as {@link Quantile} has it of the whole.
   *
   * @param share of the values below it, near 0 or near 1; NaN where there was no value
   * @throws IllegalArgumentException if it is farther from both ends than what is kept
   */
  public double quantile(double share) {
    double[] low = lowest.stream().mapToDouble(v -> v).sorted().toArray();
    double[] high = highest.stream().mapToDouble(v -> v).sorted().toArray();
    return Quantile.withDefaults()
        .evaluate(
            count,
            place -> {
              int fromTheEnd = place - (count - high.length);
              if (place >= low.length && fromTheEnd < 0) {
                throw new IllegalArgumentException("quantile " + share + " is not near an end");
              }
              return place < low.length ? low[place] : high[fromTheEnd];
            },
            share);
  }
}
