package dev.labelloop.worker.durability;

import dev.labelloop.core.Draws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What befalls a campaign, and when: drawn from a seed, before anything happens. */
final class Schedule {
  /** Seconds between disturbances, on average: several in each stage of so small a campaign. */
  private static final double CALM = 4;

  /** About half of all kinds, each once: more, and so small a campaign is over before. */
  private static final int LENGTH = 8;

  private final List<Entry> entries = new ArrayList<>();

  /**
   * One disturbance.
   *
   * @param pause before it
   * @param random what it draws from
   */
  record Entry(Duration pause, Disturbance what, RandomGenerator random) {}

  Schedule(long seed) {
    RandomGenerator random = Draws.of(seed, "chaos");
    List<Disturbance> kinds = new ArrayList<>(List.of(Disturbance.values()));
    for (int i = 0; i < LENGTH; i++) {
      Disturbance what = kinds.remove(random.nextInt(kinds.size()));
      entries.add(new Entry(pause(random), what, Draws.of(seed, "chaos", i)));
    }
  }

  List<Entry> entries() {
    return entries;
  }

  /** Exponential, so that any moment is as likely as another. */
  private static Duration pause(RandomGenerator random) {
    return Duration.ofMillis((long) (-1000 * CALM * Math.log(1 - random.nextDouble())));
  }
}
