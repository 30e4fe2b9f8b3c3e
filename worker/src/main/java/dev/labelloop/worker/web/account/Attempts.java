package dev.labelloop.worker.web.account;

import dev.labelloop.worker.web.account.Provider.Attempt;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Logins that people have begun at a provider; each comes back once, or never. */
final class Attempts {
  /** So long a person may take there. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  /** Of more, the oldest go: anybody can begin one. */
  private static final int MOST = 10_000;

  private final LongSupplier clock;
  private final Map<String, Begun> byState = new LinkedHashMap<>();

  /**
   * @param clock nanoseconds since some moment
   */
  Attempts(LongSupplier clock) {
    this.clock = clock;
  }

  private record Begun(Attempt attempt, long at) {}

  synchronized void add(Attempt attempt) {
    byState.put(attempt.state().text(), new Begun(attempt, clock.getAsLong()));
    if (byState.size() > MOST) {
      byState.remove(byState.keySet().iterator().next());
    }
  }

  /** The attempt of this state, if it is not too old; nobody gets it again. */
  synchronized Optional<Attempt> take(String state) {
    return Optional.ofNullable(byState.remove(state))
        .filter(begun -> clock.getAsLong() - begun.at() <= LONGEST.toNanos())
        .map(Begun::attempt);
  }
}
