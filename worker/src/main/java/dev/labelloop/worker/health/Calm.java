package dev.labelloop.worker.health;

import dev.labelloop.campaign.HealthNote;
import dev.labelloop.campaign.SeenHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Decides when to tell a campaign what is seen of it. Bad news are told at once. Better ones wait
 * until they have held for a while, the longer the more often the campaign was told: a trouble that
 * comes and goes all day costs some fifty words a day, not thousands.
 */
final class Calm {
  /** Good news of a campaign that had few wait so long. */
  static final Duration FIRST = Duration.ofSeconds(30);

  static final Duration MOST = Duration.ofHours(1);

  /** Two changes are one trouble and its end; then the wait doubles. */
  private static final int CHANGES_TO_DOUBLE = 2;

  private static final int MOST_DOUBLINGS = 7;

  private final Duration first;
  private final Map<String, Instant> betterSince = new HashMap<>();

  Calm(Duration first) {
    this.first = first;
  }

  /**
   * Whether to tell the campaign now.
   *
   * @param key of the campaign
   * @param told what it was last told, by whomever
   */
  boolean tell(String key, HealthNote seen, SeenHealth told, Instant now) {
    if (seen.sameTrouble(told.note()) || seen.worseThan(told.note())) {
      betterSince.remove(key);
      return !seen.sameTrouble(told.note());
    }
    Instant since = betterSince.computeIfAbsent(key, k -> now);
    boolean held = !now.isBefore(since.plus(wait(told.changes())));
    if (held) {
      betterSince.remove(key);
    }
    return held;
  }

  /** Nothing is remembered of campaigns but these. */
  void keepOnly(Set<String> keys) {
    betterSince.keySet().retainAll(keys);
  }

  private Duration wait(int changes) {
    Duration wait = first.multipliedBy(1L << Math.min(MOST_DOUBLINGS, changes / CHANGES_TO_DOUBLE));
    return wait.compareTo(MOST) < 0 ? wait : MOST;
  }
}
