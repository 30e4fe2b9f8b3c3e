package dev.labelloop.activities.selection;

import static dev.labelloop.activities.selection.Pools.entry;
import static dev.labelloop.activities.selection.Pools.image;
import static dev.labelloop.activities.selection.Pools.pool;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UncertaintyStrategyTest {
  private final UncertaintyStrategy strategy = new UncertaintyStrategy();

  @Test
  void isOneMinusTheMeanConfidence() {
    // (0.875 + 0.5 + 0.25) / 3 = 0.541666..., 1 - that = 0.458333...
    PoolView pool = pool(entry(image('a'), 0.875, 0.5, 0.25));

    assertThat(UncertaintyStrategy.uncertainty(pool, 0)).isEqualTo(1 - 1.625 / 3);
    assertThat(strategy.select(pool, 1, 0))
        .containsExactly(Pick.whole(image('a'), "uncertainty 0.458"));
  }

  @Test
  void takesImagesWithoutDetectionsFirstAndEqualOnesByTheirId() {
    PoolView pool =
        pool(
            entry(image('e'), 0.5),
            entry(image('d'), 0.25, 0.75), // mean 0.5 too
            entry(image('c'), 0.75),
            entry(image('b')),
            entry(image('a'), 0.25));

    // uncertainty: b 1, a 0.75, d and e 0.5, c 0.25
    assertThat(strategy.select(pool, 4, 0))
        .extracting(Pick::image)
        .containsExactly(image('b'), image('a'), image('d'), image('e'));
  }
}
