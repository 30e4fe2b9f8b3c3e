package dev.labelloop.selection;

import dev.labelloop.core.RoundId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Chooses the images that people see. Queue {@code data}. */
@ActivityInterface
public interface SelectionActivities {
  /**
   * Chooses the round's images within the budget and stores them as review batches.
   *
   * <p>Idempotent: once the round has batches, every later call returns them unchanged, whatever
   * else the request says.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@code BadSpecification}, not retryable,
   *     for an unknown strategy
   */
  @ActivityMethod
  SelectionResult selectImages(SelectionRequest request);

  /**
   * Stores the holdout's unlabelled images as the review batches of round 0.
   *
   * <p>Idempotent as {@link #selectImages}.
   */
  @ActivityMethod
  SelectionResult selectHoldout(RoundId round);
}
