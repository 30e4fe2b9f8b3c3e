package dev.labelloop.activities.selection;

import static dev.labelloop.activities.selection.Pools.many;
import static dev.labelloop.activities.selection.Pools.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RandomStrategyTest {
  private final RandomStrategy strategy = new RandomStrategy();

  @Test
  void anotherSeedDrawsOtherImages() {
    PoolView pool = pool(many(100));

    assertThat(strategy.select(pool, 10, 1)).isNotEqualTo(strategy.select(pool, 10, 2));
  }

  @Test
  void everyImageIsAsLikelyAsAnyOther() {
    PoolView pool = pool(many(10));
    int[] drawn = new int[10];
    for (int seed = 0; seed < 1000; seed++) {
      for (Pick pick : strategy.select(pool, 3, seed)) {
        for (int row = 0; row < 10; row++) {
          drawn[row] += pool.image(row).equals(pick.image()) ? 1 : 0;
        }
      }
    }

    // Each is expected 1000 x 3/10 = 300 times; the deviation is sqrt(1000 x 0.3 x 0.7) = 14.5.
    for (int times : drawn) {
      assertThat(times).isCloseTo(300, within(4 * 15));
    }
  }
}
