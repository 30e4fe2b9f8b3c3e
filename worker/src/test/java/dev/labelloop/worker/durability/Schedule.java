package dev.labelloop.worker.durability;

import dev.labelloop.core.Draws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What befalls a campaign, and when: drawn from a seed. Each disturbance comes once. */
final class Schedule {
  /** Seconds between disturbances, on average: several in each stage of so small a campaign. */
  private static final double CALM = 4;

  private final RandomGenerator random;
  private final List<Disturbance> left = new ArrayList<>(List.of(Disturbance.values()));

  Schedule(long seed) {
    random = Draws.of(seed, "chaos");
  }

  /** What disturbances draw from. */
  RandomGenerator random() {
    return random;
  }

  boolean hasNext() {
    return !left.isEmpty();
  }

  /** In any order. */
  Disturbance next() {
    return left.remove(random.nextInt(left.size()));
  }

  /** Exponential, so that any moment is as likely as another. */
  Duration pause() {
    return Duration.ofMillis((long) (-1000 * CALM * Math.log(1 - random.nextDouble())));
  }
}
