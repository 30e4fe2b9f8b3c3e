package dev.labelloop.evaluation;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

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
   * Decides whether a challenger becomes champion, by both models' stored holdout predictions and
   * the campaign's rules, and stores the decision with what it rests on.
   *
   * <p>Idempotent: the first decision of a round stands. The challenger meets the champion that is
   * stored, should the one asked about have been taken back in an earlier attempt at the round.
   */
  @ActivityMethod
  GateDecision compareModels(ComparisonRequest request);

  /**
   * Makes the champion before the present one champion again.
   *
   * <p>Idempotent by the request's id.
   *
   * @return the champion from now on; null if there was none before the present one
   */
  @ActivityMethod
  @Nullable Champion rollBack(RollBackRequest request);

  /**
   * Stores how a round ended, with the counts of people's work so far.
   *
   * <p>Idempotent: the first record of a round stands.
   */
  @ActivityMethod
  void recordRound(RoundRecord round);
}
