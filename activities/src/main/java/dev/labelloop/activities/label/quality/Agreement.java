package dev.labelloop.activities.label.quality;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How often labels agree with opinions, by how sure these are: the rising step function that is
 * nearest to what was seen (isotonic regression, by pooling adjacent violators: Ayer et al. 1955).
 */
final class Agreement {
  private final double[] from;
  private final double[] share;
  private final double[] weight;
  private final int[] count;
  private final double contradiction;
  private int steps;

  private Agreement(int most, double contradiction) {
    from = new double[most];
    share = new double[most];
    weight = new double[most];
    count = new int[most];
    this.contradiction = contradiction;
  }

  /** Measures; of no opinion at all nothing follows, and every share is 0. */
  static Agreement of(List<Opinion> opinions) {
    return of(opinions, 1);
  }

  /**
   * Measures likewise.
   *
   * @param contradiction how many times a label that says something else counts
   */
  static Agreement of(List<Opinion> opinions, double contradiction) {
    Agreement agreement = new Agreement(opinions.size(), contradiction);
    opinions.stream()
        .collect(Collectors.groupingBy(Opinion::sureness, TreeMap::new, Collectors.toList()))
        .forEach(agreement::add);
    return agreement;
  }

  private void add(double sureness, List<Opinion> equallySure) {
    double agree = equallySure.stream().filter(Opinion::agrees).count();
    from[steps] = sureness;
    count[steps] = equallySure.size();
    weight[steps] = agree + contradiction * (count[steps] - agree);
    share[steps] = agree / weight[steps];
    steps++;
    while (steps > 1 && share[steps - 2] >= share[steps - 1]) {
      poolLastTwo();
    }
  }

  private void poolLastTwo() {
    int last = --steps;
    int before = last - 1;
    double all = weight[before] + weight[last];
    share[before] = (share[before] * weight[before] + share[last] * weight[last]) / all;
    weight[before] = all;
    count[before] += count[last];
  }

  /** Share of opinions of this sureness that labels agree with, in [0, 1]. */
  double share(double sureness) {
    int step = step(sureness);
    return step < 0 ? 0 : share[step];
  }

  /** Opinions that {@link #share} was seen on. */
  int seen(double sureness) {
    int step = step(sureness);
    return step < 0 ? 0 : count[step];
  }

  private int step(double sureness) {
    int found = Arrays.binarySearch(from, 0, steps, sureness);
    return found >= 0 ? found : -found - 2;
  }
}
