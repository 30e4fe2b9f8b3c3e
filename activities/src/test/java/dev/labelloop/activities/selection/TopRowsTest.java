package dev.labelloop.activities.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopRowsTest {
  @Test
  void equalsSortingAllOfThem() {
    Random random = new Random(3);
    for (int n = 0; n < 40; n++) {
      double[] scores = random.doubles(n).map(s -> Math.floor(s * 6)).toArray();
      List<Integer> sorted =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer row) -> -scores[row]))
              .toList();
      for (int k = 0; k <= n + 1; k++) {
        assertThat(TopRows.highest(n, k, row -> scores[row]))
            .isEqualTo(sorted.subList(0, Math.min(n, k)));
      }
    }
  }
}
