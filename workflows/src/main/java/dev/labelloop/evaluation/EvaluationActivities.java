package dev.labelloop.evaluation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Measures models and keeps the record. Queue {@code data}. */
@ActivityInterface
public interface EvaluationActivities {
  /**
   * Measures a model's stored holdout predictions against the holdout's annotations and stores the
   * result.
   *
   * <p>Idempotent by campaign and model: the result follows from what is stored.
   */
  @ActivityMethod
  HoldoutScore evaluateModel(EvaluationRequest request);

  /**
   * Stores how a round ended, with the counts of people's work so far.
   *
   * <p>Idempotent: the first record of a round stands.
   */
  @ActivityMethod
  void recordRound(RoundRecord round);
}
