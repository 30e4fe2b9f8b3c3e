package dev.labelloop.campaign;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.Reminder;
import dev.labelloop.review.ReviewProgress;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.TimerOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The wait for people in one round. */
final class ReviewWait {
  /** Messages get lost, so look unasked this often; hourly, a week's wait is some 1,900 events. */
  private static final Duration POLL = Duration.ofHours(1);

  /**
   * After so many looks their distance grows with the time waited, and is never more than this part
   * of it: at 11 events a look, ten years of waiting stay below 14,000 of the 51,200 events at
   * which the server ends a run.
   */
  private static final int HOURLY_LOOKS = 7 * 24;

  private final RoundId round;
  private final Stages stages;
  private final Runnable changed;
  private final Deque<BatchId> requested = new ArrayDeque<>();
  private final Set<BatchId> handled = new HashSet<>();
  private final Instant begin = now();
  private LoopSettings settings;
  private ReviewProgress progress;

  /** When the time began that people have, and how long it is. */
  private Instant termBegin = begin;

  private Duration term;
  private Instant reminder;
  private int reminders;
  private @Nullable Instant heldSince;
  private boolean extended;
  private boolean closing;
  private boolean over;

  /**
   * A wait whose time begins to run.
   *
   * @param published what lies before people
   * @param changed called whenever the progress did
   */
  ReviewWait(
      RoundId round,
      LoopSettings settings,
      Stages stages,
      ReviewProgress published,
      Runnable changed) {
    this.round = round;
    this.settings = settings;
    this.stages = stages;
    this.progress = published;
    this.changed = changed;
    this.term = settings.reviewDeadline();
    this.reminder = begin.plus(settings.remindEvery());
  }

  ReviewProgress progress() {
    return progress;
  }

  Instant deadline() {
    return termBegin.plus(term);
  }

  /** Whether people needed more time than they were given at first. */
  boolean extended() {
    return extended;
  }

  /** Whether this batch was published in this round. */
  boolean knows(BatchId batch) {
    return batch.round().equals(round) && batch.index() < progress.batches();
  }

  /** Asks for a batch to be closed; asking again does no harm. */
  void request(BatchId batch) {
    if (!over && knows(batch) && !handled.contains(batch) && !requested.contains(batch)) {
      requested.add(batch);
    }
  }

  /** Asks, and waits until it is done. */
  ReviewProgress close(BatchId batch) {
    request(batch);
    Workflow.await(() -> over || handled.contains(batch));
    return progress;
  }

  /** Asks for the whole review to end with what is there. */
  void closeAll() {
    closing = true;
  }

  /** Stops the clock of the deadline, or lets it run on; people may go on answering. */
  void hold(boolean hold) {
    Instant since = heldSince;
    if (hold && since == null) {
      heldSince = now();
    } else if (!hold && since != null) {
      Duration held = Duration.between(since, now());
      termBegin = termBegin.plus(held);
      reminder = reminder.plus(held);
      heldSince = null;
    }
  }

  /** Moves the deadline to where it would be, had it been set so when people's time began. */
  void amend(LoopSettings amended) {
    settings = amended;
    term = amended.reviewDeadline();
  }

  /** Returns once every batch is closed, by people or by the deadline. */
  void untilDone() {
    try {
      note(stages.collectReview());
      while (progress.openBatches() > 0) {
        untilAskedOrTimeToLook();
        act();
      }
    } finally {
      over = true;
    }
  }

  private void act() {
    if (closing) {
      note(stages.closeReview());
    } else if (!requested.isEmpty()) {
      BatchId batch = requested.remove();
      note(stages.closeBatch(batch));
      handled.add(batch);
    } else if (heldSince != null || now().isBefore(deadline())) {
      note(stages.collectReview());
      remindIfDue();
    } else {
      overdue();
    }
  }

  /** After a look, so that nobody is reminded of what is done. */
  private void remindIfDue() {
    if (heldSince == null && progress.openBatches() > 0 && !now().isBefore(reminder)) {
      stages.remind(new Reminder(round, ++reminders, progress, deadline()));
      reminder = now().plus(longer(settings.remindEvery(), stretched()));
    }
  }

  private void untilAskedOrTimeToLook() {
    Duration wait = untilNextLook();
    Instant due = deadline();
    String summary = "look for answers, due " + due.truncatedTo(ChronoUnit.SECONDS);
    Clock clock = new Clock();
    CancellationScope running = Workflow.newCancellationScope(() -> clock.start(wait, summary));
    running.run();
    boolean held = heldSince != null;
    Workflow.await(
        () ->
            clock.rang()
                || closing
                || !requested.isEmpty()
                || held != (heldSince != null)
                || !due.equals(deadline()));
    running.cancel();
  }

  /** {@code Workflow.await} has a clock too, but the Web UI shows it without a word. */
  private static final class Clock {
    private @Nullable Promise<Void> timer;

    void start(Duration wait, String summary) {
      timer =
          Workflow.newTimer(wait, TimerOptions.newBuilder().setSummary(summary).build())
              .handle((rang, cancelled) -> null); // else the SDK warns of each that was cancelled
    }

    boolean rang() {
      return timer != null && timer.isCompleted();
    }
  }

  private Duration untilNextLook() {
    Duration look = longer(stretched(), POLL);
    if (heldSince != null) {
      return look;
    }
    Duration next = shorter(look, shorter(until(deadline()), until(reminder)));
    return next.isNegative() ? Duration.ZERO : next;
  }

  private static Duration until(Instant then) {
    return Duration.between(now(), then);
  }

  private Duration stretched() {
    return Duration.between(begin, now()).dividedBy(HOURLY_LOOKS);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private void overdue() {
    switch (settings.onDeadline()) {
      case CLOSE -> note(stages.closeReview());
      case EXTEND -> {
        extended = true;
        // Not for less than a look is away by now, else a short one fills the history.
        termBegin = now();
        term = longer(settings.reviewDeadline(), stretched());
        note(stages.collectReview());
      }
      case FAIL ->
          throw ApplicationFailure.newNonRetryableFailure(
              "people were not done with round "
                  + round
                  + " by its deadline: "
                  + progress.openBatches()
                  + " of "
                  + progress.batches()
                  + " batches are open; review.onDeadline says to fail then: start the campaign"
                  + " again to give people as long once more",
              FinalFailure.REVIEW_OVERDUE);
    }
  }

  private void note(ReviewProgress news) {
    progress = news;
    changed.run();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Workflow.currentTimeMillis());
  }
}
