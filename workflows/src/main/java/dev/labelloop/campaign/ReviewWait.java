package dev.labelloop.campaign;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.RoundId;
import dev.labelloop.review.ReviewActivities;
import dev.labelloop.review.ReviewProgress;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** The wait for people in one round. */
final class ReviewWait {
  /** Messages get lost, so look unasked this often; hourly, a week's wait is some 1,900 events. */
  private static final Duration POLL = Duration.ofHours(1);

  private final RoundId round;
  private final ReviewActivities review;
  private final Runnable changed;
  private final Deque<BatchId> requested = new ArrayDeque<>();
  private final Set<BatchId> handled = new HashSet<>();
  private ReviewProgress progress;
  private Instant deadline;
  private boolean over;

  /**
   * A wait that has not begun.
   *
   * @param published what lies before people
   * @param changed called whenever the progress did
   */
  ReviewWait(RoundId round, ReviewProgress published, Duration allowed, Runnable changed) {
    this.round = round;
    this.progress = published;
    this.deadline = now().plus(allowed);
    this.changed = changed;
    this.review =
        Workflow.newActivityStub(ReviewActivities.class, StageOptions.longData("answers"));
  }

  ReviewProgress progress() {
    return progress;
  }

  Instant deadline() {
    return deadline;
  }

  /** Asks for a batch to be closed; asking again does no harm. */
  void request(BatchId batch) {
    if (!over && !handled.contains(batch) && !requested.contains(batch)) {
      requested.add(batch);
    }
  }

  /** Asks, and waits until it is done. */
  ReviewProgress close(BatchId batch) {
    request(batch);
    Workflow.await(() -> over || handled.contains(batch));
    return progress;
  }

  /** Whether this batch was published in this round. */
  boolean knows(BatchId batch) {
    return batch.round().equals(round) && batch.index() < progress.batches();
  }

  /** Returns once every batch is closed, by people or by the deadline. */
  void untilDone(LoopSettings settings) {
    try {
      note(review.collectReview(round));
      while (progress.openBatches() > 0) {
        Workflow.await(untilNextLook(), () -> !requested.isEmpty());
        if (!requested.isEmpty()) {
          closeRequested();
        } else if (now().isBefore(deadline)) {
          note(review.collectReview(round));
        } else {
          overdue(settings);
        }
      }
    } finally {
      over = true;
    }
  }

  private Duration untilNextLook() {
    Duration left = Duration.between(now(), deadline);
    Duration wait = left.compareTo(POLL) < 0 ? left : POLL;
    return wait.isNegative() ? Duration.ZERO : wait;
  }

  private void closeRequested() {
    BatchId batch = requested.remove();
    note(review.closeBatch(batch));
    handled.add(batch);
  }

  private void overdue(LoopSettings settings) {
    switch (settings.onDeadline()) {
      case CLOSE -> note(review.closeReview(round));
      case EXTEND -> {
        note(review.collectReview(round));
        deadline = now().plus(settings.reviewDeadline());
        changed.run();
      }
      case FAIL ->
          throw ApplicationFailure.newNonRetryableFailure(
              "people were not done with round "
                  + round
                  + " by its deadline: "
                  + progress.openBatches()
                  + " of "
                  + progress.batches()
                  + " batches are open; review.onDeadline says to fail then",
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
