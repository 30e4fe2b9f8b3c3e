package dev.labelloop.trainingset;

import dev.labelloop.core.RoundId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Freezes what a round trains on. Queue {@code data}. */
@ActivityInterface
public interface TrainingSetActivities {
  /**
   * Stores the manifest of the pool's annotations and current pseudo-labels: canonical JSON lines
   * sorted by image and box, without times, with its SHA-256.
   *
   * <p>Idempotent: a round has one training set; a later call returns it. Holdout images are never
   * in it.
   */
  @ActivityMethod
  TrainingSetRef freezeTrainingSet(RoundId round);
}
