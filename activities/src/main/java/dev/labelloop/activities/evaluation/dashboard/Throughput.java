package dev.labelloop.activities.evaluation.dashboard;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast people answered in a window of time.
 *
 * @param answers in the window; an image that one person answers again counts once
 * @param people who gave them
 * @param lastHour of these, in the hour up to the last one
 * @param first when the first was stored; null if there is none
 * @param last when the last was stored; null if there is none
 * @param secondsPerImage mean seconds of work; 0 if there is none
 */
public record Throughput(
    int answers,
    int people,
    int lastHour,
    @Nullable Instant first,
    @Nullable Instant last,
    double secondsPerImage) {
  /** Fewer say more of their chance than of people's pace. */
  public static final int LEAST_ANSWERS = 5;

  private static final double SECONDS_AN_HOUR = 3600;

  /**
   * Answers an hour of the clock, nights and breaks included: those after the first, over the time
   * since it. Null below {@value #LEAST_ANSWERS} answers, and where all came at once.
   */
  public @Nullable Double perHour(Instant now) {
    if (first == null || answers < LEAST_ANSWERS) {
      return null;
    }
    double hours = Duration.between(first, now).toMillis() / 1000.0 / SECONDS_AN_HOUR;
    return hours > 0 ? (answers - 1) / hours : null;
  }

  /** When so many images are answered at this pace; null where no pace is known. */
  public @Nullable Instant doneBy(Instant now, int left) {
    Double pace = perHour(now);
    return pace == null ? null : now.plusSeconds(Math.round(left / pace * SECONDS_AN_HOUR));
  }
}
