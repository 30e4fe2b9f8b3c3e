package dev.labelloop.worker.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long work takes that began here and now. */
final class Pace {
  private final long start = System.nanoTime();

  /** How long the rest takes if it goes on so; null at the begin. */
  @Nullable Duration left(long done, long total) {
    return done <= 0
        ? null
        : Duration.ofNanos((long) ((double) (System.nanoTime() - start) / done * (total - done)));
  }
}
