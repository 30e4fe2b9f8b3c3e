package dev.labelloop.worker.page;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Looks again and again at what takes its time to come true. */
final class Eventually {
  private static final int PAUSE_MILLIS = 20;

  private Eventually() {}

  /** What is seen as soon as it is as wanted; if that never comes, what is seen at last. */
  static <T> T see(Supplier<T> look, Predicate<T> wanted) {
    long end = System.nanoTime() + Duration.ofMillis(TestBrowser.PATIENCE_MILLIS).toNanos();
    T seen = look.get();
    while (!wanted.test(seen) && System.nanoTime() < end) {
      pause();
      seen = look.get();
    }
    return seen;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
