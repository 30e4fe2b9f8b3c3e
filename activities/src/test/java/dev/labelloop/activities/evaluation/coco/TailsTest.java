package dev.labelloop.activities.evaluation.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.Draws;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.junit.jupiter.api.Test;

class TailsTest {
  @Test
  void quantilesAreThoseOfAllValues() {
    for (double share : new double[] {0.0001, 0.01, 0.05, 0.2, 0.5}) {
      for (int count : new int[] {1, 2, 3, 10, 99, 100, 101, 2_000}) {
        RandomGenerator random = Draws.of(1, share, count);
        double[] values = random.doubles(count).map(v -> Math.rint(50 * v) - 20).toArray(); // ties
        Tails tails = new Tails(2_000, share); // fewer may come than were drawn
        Arrays.stream(values).forEach(tails::add);

        assertThat(tails.count()).isEqualTo(count);
        for (double near : new double[] {0, share / 2, share, 1 - share, 1}) {
          assertThat(tails.quantile(near))
              .as("%s of %d", near, count)
              .isEqualTo(Quantile.withDefaults().evaluate(values, near));
        }
      }
    }
  }

  @Test
  void keepsTheEndsAlone() {
    Tails tails = new Tails(1_000, 0.01);
    IntStream.range(0, 1_000).forEach(tails::add);

    assertThatThrownBy(() -> tails.quantile(0.1)).hasMessage("quantile 0.1 is not near an end");
  }

  @Test
  void ofNothingThereIsNoQuantile() {
    assertThat(new Tails(1_000, 0.01).quantile(0.01)).isNaN();
  }
}
