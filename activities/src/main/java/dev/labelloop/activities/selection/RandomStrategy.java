package dev.labelloop.activities.selection;

import dev.labelloop.core.Draws;
import java.util.List;

/**
 * A uniform random sample: the baseline that every other strategy has to beat, and the right choice
 * before there is a model.
 */
public final class RandomStrategy implements SelectionStrategy {
  @Override
  public String name() {
    return "random";
  }

  @Override
  public List<Pick> select(PoolView pool, int budget, long seed) {
    // The highest of independent uniform draws, one an image, are a uniform sample.
    return TopRows.highest(pool.size(), budget, row -> Draws.uniform(seed, pool.image(row), name()))
        .stream()
        .map(row -> Pick.whole(pool.image(row), "drawn at random"))
        .toList();
  }
}
