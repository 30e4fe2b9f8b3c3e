package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.ReviewWork;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What each act of a reviewer takes, learned from answers whose time was measured: the times, none
 * below 0, whose sums over the acts of each image come nearest to its seconds, by least squares.
 *
 * <p>Few answers say little, and some acts are rare; so each act is imagined to have been measured
 * {@value #IMAGINED} times besides, alone, and to have taken just as long as was expected before.
 * This is ridge regression towards the expected times (Hoerl and Kennard 1970, by the rows that
 * Marquardt 1970 adds), and what is learned of an act overrides what was expected of it when it was
 * seen much more often than {@value #IMAGINED} times. Means are fitted, not medians: sums of them
 * are what an hour of many images takes.
 */
public final class HumanTimeFit {
  /** Some minutes of one person's work. */
  static final int IMAGINED = 20;

  /** Boxes of a class before it is said what they take: below, it is what was expected. */
  static final int CLASS_BOXES = 20;

  /** Least seconds by which a round of the solver moves anything; below, it is done. */
  private static final double STILL = 1e-9;

  /** Far above the hundreds that correlated acts need. */
  private static final int MOST_ROUNDS = 100_000;

  /** Of one class: verify, adjust, draw, delete. */
  private static final int ACTS = 4;

  private HumanTimeFit() {}

  /**
   * An answer whose time was measured.
   *
   * @param work by class index
   * @param seconds without idle gaps
   */
  public record Timed(Map<Integer, ReviewWork> work, double seconds) {
    ReviewWork total() {
      return work.values().stream().reduce(new ReviewWork(0, 0, 0, 0, 0), Acts::sum);
    }
  }

  /**
   * The times of all classes together.
   *
   * @param expected of people of whom nothing is known
   */
  public static HumanTime of(List<Timed> timed, HumanTime expected) {
    double[][] rows = new double[timed.size()][1 + ACTS];
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = 1;
      fill(rows[i], 1, timed.get(i).total());
    }
    double[] prior = new double[1 + ACTS];
    prior[0] = expected.scan();
    fill(prior, 1, expected);
    double[] found = solve(rows, seconds(timed), prior);
    return new HumanTime(found[0], found[1], found[2], found[3], found[4]);
  }

  /**
   * The times by class index, of classes with {@value #CLASS_BOXES} boxes and more; an image is
   * opened for all of them, so {@code scan} is theirs together.
   *
   * @param expected of all classes together
   */
  public static Map<Integer, HumanTime> byClass(List<Timed> timed, HumanTime expected) {
    List<Integer> classes =
        List.copyOf(
            timed.stream()
                .flatMap(t -> t.work().keySet().stream())
                .collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    double[][] rows = new double[timed.size()][1 + ACTS * classes.size()];
    double[] prior = new double[1 + ACTS * classes.size()];
    prior[0] = expected.scan();
    for (int c = 0; c < classes.size(); c++) {
      fill(prior, 1 + ACTS * c, expected);
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i][0] = 1;
      for (Map.Entry<Integer, ReviewWork> entry : timed.get(i).work().entrySet()) {
        fill(rows[i], 1 + ACTS * classes.indexOf(entry.getKey()), entry.getValue());
      }
    }
    double[] found = solve(rows, seconds(timed), prior);
    Map<Integer, HumanTime> times = new TreeMap<>();
    for (int c = 0; c < classes.size(); c++) {
      int from = 1 + ACTS * c;
      if (boxes(rows, from) >= CLASS_BOXES) {
        times.put(
            classes.get(c),
            new HumanTime(
                found[0], found[from], found[from + 1], found[from + 2], found[from + 3]));
      }
    }
    return times;
  }

  private static double boxes(double[][] rows, int from) {
    double sum = 0;
    for (double[] row : rows) {
      for (int act = 0; act < ACTS; act++) {
        sum += row[from + act];
      }
    }
    return sum;
  }

  private static void fill(double[] row, int from, ReviewWork work) {
    row[from] = work.kept();
    row[from + 1] = work.adjusted() + work.relabelled();
    row[from + 2] = work.added();
    row[from + 3] = work.deleted();
  }

  private static void fill(double[] row, int from, HumanTime time) {
    row[from] = time.verify();
    row[from + 1] = time.adjust();
    row[from + 2] = time.draw();
    row[from + 3] = time.delete();
  }

  private static double[] seconds(List<Timed> timed) {
    return timed.stream().mapToDouble(Timed::seconds).toArray();
  }

  /**
   * The x from 0 that makes {@code |rows x - seconds|² + IMAGINED |x - prior|²} least. One unknown
   * after the other is set to its best, given the rest: the sum is strictly convex, so this goes
   * down to the only least there is.
   */
  static double[] solve(double[][] rows, double[] seconds, double[] prior) {
    int unknowns = prior.length;
    double[][] square = new double[unknowns][unknowns];
    double[] right = new double[unknowns];
    for (int j = 0; j < unknowns; j++) {
      square[j][j] = IMAGINED;
      right[j] = IMAGINED * prior[j];
    }
    for (int i = 0; i < rows.length; i++) {
      accumulate(square, right, rows[i], seconds[i]);
    }
    double[] x = prior.clone();
    double moved = Double.POSITIVE_INFINITY;
    for (int round = 0; moved > STILL && round < MOST_ROUNDS; round++) {
      moved = 0;
      for (int j = 0; j < unknowns; j++) {
        double best = Math.max(0, x[j] + residual(square[j], right[j], x) / square[j][j]);
        moved = Math.max(moved, Math.abs(best - x[j]));
        x[j] = best;
      }
    }
    return x;
  }

  private static void accumulate(double[][] square, double[] right, double[] row, double seconds) {
    for (int j = 0; j < row.length; j++) {
      if (row[j] != 0) {
        right[j] += row[j] * seconds;
        for (int k = 0; k < row.length; k++) {
          square[j][k] += row[j] * row[k];
        }
      }
    }
  }

  private static double residual(double[] square, double right, double[] x) {
    double left = 0;
    for (int k = 0; k < x.length; k++) {
      left += square[k] * x[k];
    }
    return right - left;
  }
}
