package dev.labelloop.prediction;

import dev.labelloop.core.RoundId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Runs a model over images. {@link #planPrediction} and {@link #liveSlots} on queue {@code data},
 * the rest on {@code predict}.
 */
@ActivityInterface
public interface PredictionActivities {
  /**
   * Makes room for the round's predictions and says how many shards there are.
   *
   * <p>Idempotent: the plan follows from what is stored.
   */
  @ActivityMethod
  PredictionPlan planPrediction(RoundId round);

  /**
   * Counts the shards that the workers which live now can predict side by side.
   *
   * <p>Stores nothing. A worker that came or went shows within a minute or so.
   *
   * @return 0 if the server cannot tell, or no worker has spoken yet
   */
  @ActivityMethod
  int liveSlots();

  /**
   * Predicts the images of one shard that no person has labelled yet and stores one row an image.
   *
   * <p>A round is predicted by one model: if shards of it are stored, by theirs, whoever is asked
   * for. Idempotent: the ledger row and all rows of the shard are committed in one transaction; a
   * finished shard returns its ledger at once. Heartbeats {@link ShardProgress} while images get
   * done. An image that cannot be decoded, or whose decoding or prediction crashes a process twice,
   * is quarantined with its reason; it never fails the shard.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@code BadModel}, not retryable
   */
  @ActivityMethod
  ShardResult predictShard(ShardRef shard);

  /**
   * Predicts the whole holdout with a model and stores the detections for its evaluation.
   *
   * <p>Idempotent by campaign and model, all or nothing. Heartbeats {@link ShardProgress}.
   *
   * @throws io.temporal.failure.ApplicationFailure of type {@code BadModel}, not retryable
   */
  @ActivityMethod
  ShardResult predictHoldout(HoldoutRef holdout);
}
