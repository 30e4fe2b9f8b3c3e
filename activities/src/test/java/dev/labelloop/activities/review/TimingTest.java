package dev.labelloop.activities.review;

import static dev.labelloop.activities.review.Timing.Kind.ACCEPT;
import static dev.labelloop.activities.review.Timing.Kind.MOVE;
import static dev.labelloop.activities.review.Timing.Kind.SEEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.review.Timing.Event;
import dev.labelloop.activities.review.Timing.Kind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingTest {
  @Test
  void takesGapsOfMoreThanHalfAMinuteAway() {
    // 2 s to the first, 31 s of nothing, 1 s to the answer
    Timing timing = timing(34_000, 0, at(2_000, ACCEPT), at(33_000, ACCEPT));

    assertThat(timing.workedMs()).isEqualTo(3_000);
  }

  @Test
  void takesThePauseBeforeTheAnswerAway() {
    assertThat(timing(60_000, 0, at(2_000, ACCEPT)).workedMs()).isEqualTo(2_000);
  }

  @Test
  void leavesAGapOfHalfAMinute() {
    assertThat(timing(32_000, 0, at(30_000, ACCEPT)).workedMs()).isEqualTo(32_000);
  }

  @Test
  void believesThePageThatMoreWasIdle() {
    assertThat(timing(1_000, 9_000, at(5_000, ACCEPT)).workedMs()).isEqualTo(1_000);
    assertThat(timing(1_000, 50_000).workedMs()).as("no events").isEqualTo(1_000);
  }

  @Test
  void countsVerdictsThatNobodyCanHaveThoughtAbout() {
    Timing timing =
        timing(
            5_000,
            0,
            at(299, ACCEPT), // hasty after opening
            at(599, ACCEPT), // 300 after the one before: not hasty
            at(700, MOVE), // no verdict
            at(1_500, SEEN), // nobody did it
            at(1_600, ACCEPT), // 900 after the move
            at(1_700, ACCEPT)); // hasty

    assertThat(timing.verdicts()).isEqualTo(4);
    assertThat(timing.hasty()).isEqualTo(2);
  }

  private static Event at(long ms, Kind kind) {
    return new Event(ms, kind, null);
  }

  private static Timing timing(long active, long idle, Event... events) {
    return new Timing(Instant.EPOCH, null, active, idle, 0, List.of(events));
  }
}
