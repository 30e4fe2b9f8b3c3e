package dev.labelloop.model;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Makes models. {@link #initialiseModel} on queue {@code data}, {@link #trainModel} on {@code
 * train}.
 */
@ActivityInterface
public interface ModelActivities {
  /**
   * Makes the campaign's initial model from its weights, or at random from its seed, and stores it.
   *
   * <p>Idempotent: equal arguments give equal tensors, and the store keeps models by hash.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@code BadModel}, not retryable
   */
  @ActivityMethod
  InitialModelResult initialiseModel(CampaignName campaign);

  /**
   * Trains a challenger and stores it with its provenance.
   *
   * <p>Idempotent by round: a stored challenger is returned at once. Heartbeats {@link
   * TrainingProgress} while steps get done; resumes from the newest checkpoint; every attempt is
   * fenced, and only the newest may commit. Cancellation stops it at the next step, with a
   * checkpoint.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@code BadModel}, not retryable
   */
  @ActivityMethod
  ModelId trainModel(TrainingRequest request);
}
