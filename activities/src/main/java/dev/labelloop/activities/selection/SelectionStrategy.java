package dev.labelloop.activities.selection;

import java.util.List;

/**
 * Chooses the images that are worth people's time. A place to grow: write a class, add it to {@link
 * SelectionStrategies#ALL}, and {@code SelectionStrategyContractTest} takes it up.
 *
 * <p>A strategy is a function: the same pool, budget and seed give the same picks on every machine
 * and in every attempt. Randomness comes from {@link dev.labelloop.core.Draws}, keyed by the image.
 */
public interface SelectionStrategy {
  /** Stable name, as in a specification; stored with what was selected. */
  String name();

  /**
   * Chooses distinct images, the most valuable first, equal ones by ascending image id.
   *
   * @param pool to choose from, its rows by ascending image id
   * @param budget images to choose; all of the pool if it is smaller
   * @param seed of the draws, another one each round
   * @throws IllegalArgumentException if the budget is negative
   */
  List<Pick> select(PoolView pool, int budget, long seed);
}
