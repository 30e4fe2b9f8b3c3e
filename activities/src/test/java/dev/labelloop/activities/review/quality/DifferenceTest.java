package dev.labelloop.activities.review.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.core.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  @Test
  void agreesWithTheTextbook() {
    // Means 2 and 5, variances 1 and 4 of 3 values each: error sqrt(1/3 + 4/3) = 1.29099; degrees
    // of freedom (5/3)² / ((1/3)²/2 + (4/3)²/2) = 50/17 = 2.941; t at 0.975 is 3.2180 (scipy)
    Difference difference =
        Difference.of(List.of(1.0, 2.0, 3.0), List.of(3.0, 5.0, 7.0)).orElseThrow();

    assertThat(difference.value()).isEqualTo(-3);
    assertThat(difference.low()).isCloseTo(-3 - 3.2180 * 1.29099, within(2e-3));
    assertThat(difference.high()).isCloseTo(-3 + 3.2180 * 1.29099, within(2e-3));
  }

  @Test
  void saysNothingOfASingleValue() {
    assertThat(Difference.of(List.of(1.0), List.of(0.0, 0.5))).isEmpty();
    assertThat(Difference.of(List.of(1.0, 0.0), List.of())).isEmpty();
  }

  @Test
  void hasNoWidthWhereNothingVaries() {
    assertThat(Difference.of(List.of(1.0, 1.0), List.of(0.5, 0.5)))
        .contains(new Difference(0.5, 0.5, 0.5));
  }

  @Test
  void holdsTheTrueDifferenceAsOftenAsItSays() {
    int holds = 0;
    int times = 2_000;
    for (int i = 0; i < times; i++) {
      RandomGenerator random = Draws.of(5, "difference", i);
      Difference difference = Difference.of(f1(random, 60, 0.9), f1(random, 12, 0.8)).orElseThrow();
      holds += difference.low() <= 0.1 && 0.1 <= difference.high() ? 1 : 0;
    }
    // Measured: 0.9415; F1 of few objects is far from normal.
    assertThat(holds / (double) times).isBetween(0.93, 0.97);
  }

  /** Each the share found of five objects. */
  private static List<Double> f1(RandomGenerator random, int images, double found) {
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < images; i++) {
      int hit = 0;
      for (int object = 0; object < 5; object++) {
        hit += random.nextDouble() < found ? 1 : 0;
      }
      values.add(hit / 5.0);
    }
    return values;
  }
}
