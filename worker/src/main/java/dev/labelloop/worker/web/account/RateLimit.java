package dev.labelloop.worker.web.account;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets everybody do something so often at once, and then once in a while.
 *
 * <p>Of each it knows when all of it will be there again, that is, one number (the generic cell
 * rate algorithm, ITU-T I.371); whoever has all of it need not be known.
 */
final class RateLimit {
  /** No more are known at a time: names of those who log in come from strangers. */
  private static final int MOST = 10_000;

  private final long interval;
  private final long tolerance;
  private final LongSupplier clock;
  private final Map<String, Long> wholeAt = new LinkedHashMap<>();

  /**
   * @param burst how often at once
   * @param interval after which once more
   * @param clock nanoseconds since some moment
   */
  RateLimit(int burst, Duration interval, LongSupplier clock) {
    this.interval = interval.toNanos();
    this.tolerance = (burst - 1) * this.interval;
    this.clock = clock;
  }

  /** Takes one, or says how long to wait for it. */
  synchronized Optional<Duration> take(String key) {
    long now = clock.getAsLong();
    Long known = wholeAt.get(key);
    long whole = known == null || known - now < 0 ? now : known; // moments may overflow
    long wait = whole - now - tolerance;
    if (wait > 0) {
      return Optional.of(Duration.ofNanos(wait));
    }
    wholeAt.remove(key); // to be the youngest
    wholeAt.put(key, whole + interval);
    if (wholeAt.size() > MOST) {
      forget(now);
    }
    return Optional.empty();
  }

  /** Gives back what was taken: it did not count. */
  synchronized void giveBack(String key) {
    wholeAt.computeIfPresent(key, (same, whole) -> whole - interval);
  }

  /** How many it knows. */
  synchronized int known() {
    return wholeAt.size();
  }

  private void forget(long now) {
    wholeAt.values().removeIf(whole -> whole - now <= 0);
    if (wholeAt.size() > MOST) {
      wholeAt.remove(wholeAt.keySet().iterator().next());
    }
  }
}
