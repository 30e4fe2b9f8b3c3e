package dev.labelloop.review;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.RoundId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Puts batches before people and takes their answers. Queue {@code data}. */
@ActivityInterface
public interface ReviewActivities {
  /**
   * Publishes the round's batches, with the round's predictions as pre-annotations, to the
   * campaign's review tool.
   *
   * <p>Idempotent: the tool's adapter finds what it published before by our batch and image ids.
   * Heartbeats.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@code BadReviewTool}, not retryable
   */
  @ActivityMethod
  ReviewProgress publishReview(RoundId round);

  /**
   * Reads the tool's answers to the round's open batches, stores them as annotations and closes
   * each batch that is wholly answered.
   *
   * <p>Idempotent: an answer is stored once by image and version. Heartbeats.
   */
  @ActivityMethod
  ReviewProgress collectReview(RoundId round);

  /**
   * Collects one batch's answers and closes it with what is there.
   *
   * <p>Idempotent: a closed batch stays as it is.
   */
  @ActivityMethod
  ReviewProgress closeBatch(BatchId batch);

  /**
   * Collects and closes every open batch of the round with what is there.
   *
   * <p>Idempotent as {@link #closeBatch}.
   */
  @ActivityMethod
  ReviewProgress closeReview(RoundId round);

  /**
   * Tells people that batches wait for them: in the log, and at the address of {@code
   * review.reminders.urlFrom}.
   *
   * <p>Stores nothing; tried again, it may tell twice.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@code BadSpecification}, not retryable,
   *     if there is no such address here
   */
  @ActivityMethod
  void remind(Reminder reminder);
}
