package dev.labelloop.campaign;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.AmendmentRequest;
import dev.labelloop.dataset.DatasetActivities;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.ComparisonRequest;
import dev.labelloop.evaluation.EvaluationActivities;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.GateDecision;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RollBackRequest;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.label.LabelActivities;
import dev.labelloop.label.LabelResult;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.ModelActivities;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.model.TrainingWorkflow;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.review.Reminder;
import dev.labelloop.review.ReviewActivities;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.selection.SelectionActivities;
import dev.labelloop.selection.SelectionRequest;
import dev.labelloop.selection.SelectionResult;
import dev.labelloop.trainingset.TrainingSetActivities;
import dev.labelloop.trainingset.TrainingSetRef;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.CompletablePromise;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The stages as one round of a campaign calls them: each with its queue and its summary. */
final class Stages {
  private final Logger log = Workflow.getLogger(Stages.class);
  private final RoundId round;
  private final StageOptions options;

  Stages(RoundId round) {
    this.round = round;
    this.options = new StageOptions(round.campaign());
  }

  DatasetSummary registerDataset() {
    return data(DatasetActivities.class, "register the images").registerDataset(round.campaign());
  }

  /** Stores what a person amends; whoever finishes the campaign meanwhile waits for it. */
  void storeAmendment(AmendmentRequest request) {
    Workflow.newDetachedCancellationScope(
            () -> data(DatasetActivities.class, "store the amendment").storeAmendment(request))
        .run();
  }

  PredictionPlan planPrediction() {
    return data(PredictionActivities.class, "plan the prediction").planPrediction(round);
  }

  SelectionResult selectHoldout() {
    return data(SelectionActivities.class, "select the holdout").selectHoldout(round);
  }

  SelectionResult selectImages(boolean predicted) {
    return data(SelectionActivities.class, "select images")
        .selectImages(new SelectionRequest(round, predicted));
  }

  ReviewProgress publishReview() {
    return data(ReviewActivities.class, "publish the batches").publishReview(round);
  }

  ReviewProgress collectReview() {
    return data(ReviewActivities.class, "look for answers").collectReview(round);
  }

  ReviewProgress closeBatch(BatchId batch) {
    return data(ReviewActivities.class, "close batch b" + batch.index()).closeBatch(batch);
  }

  ReviewProgress closeReview() {
    return data(ReviewActivities.class, "close what is open").closeReview(round);
  }

  /** Tells people, or gives it up: a campaign does not stand still for a message. */
  void remind(Reminder reminder) {
    try {
      Workflow.newActivityStub(ReviewActivities.class, options.message("remind people"))
          .remind(reminder);
    } catch (ActivityFailure e) {
      if (Failures.isCancellation(e)) {
        throw e;
      }
      log.warn("people could not be reminded of round {}", round, e);
    }
  }

  LabelResult acceptLabels() {
    return data(LabelActivities.class, "accept labels").acceptLabels(round);
  }

  TrainingSetRef freezeTrainingSet() {
    return data(TrainingSetActivities.class, "freeze the training set").freezeTrainingSet(round);
  }

  InitialModelResult initialiseModel() {
    return data(ModelActivities.class, "make the initial model").initialiseModel(round.campaign());
  }

  /** Trains a challenger, in a workflow of its own. */
  ModelId train(ModelId start, TrainingSetRef set) {
    TrainingRequest request = new TrainingRequest(round, start, set.id());
    String summary = "train on " + set.images() + " images, " + set.boxes() + " boxes";
    return Workflow.newChildWorkflowStub(
            TrainingWorkflow.class, options.child(request.workflowId(), summary))
        .train(request);
  }

  /** Predicts the holdout with a model and measures it. */
  HoldoutScore measure(ModelId model) {
    Workflow.newActivityStub(
            PredictionActivities.class, options.predictHoldout("predict the holdout"))
        .predictHoldout(new HoldoutRef(round.campaign(), model));
    return data(EvaluationActivities.class, "measure on the holdout")
        .evaluateModel(new EvaluationRequest(round.campaign(), model));
  }

  /** Decides whether a challenger becomes champion; whoever finishes meanwhile waits for it. */
  GateDecision compare(ModelId champion, ModelId challenger, int rounds) {
    CompletablePromise<GateDecision> decision = Workflow.newPromise();
    Workflow.newDetachedCancellationScope(
            () ->
                decision.complete(
                    data(EvaluationActivities.class, "compare with the champion")
                        .compareModels(new ComparisonRequest(round, champion, challenger, rounds))))
        .run();
    return decision.get();
  }

  /**
   * Takes the champion before the present one back, null if there is none; whoever finishes the
   * campaign meanwhile waits for it.
   */
  @Nullable Champion rollBack(String id) {
    CompletablePromise<@Nullable Champion> champion = Workflow.newPromise();
    Workflow.newDetachedCancellationScope(
            () ->
                champion.complete(
                    data(EvaluationActivities.class, "take the champion back")
                        .rollBack(new RollBackRequest(round, id))))
        .run();
    return champion.get();
  }

  /** Stores how the round ended; whoever finishes the campaign meanwhile waits for it. */
  void record(RoundRecord record) {
    Workflow.newDetachedCancellationScope(
            () -> data(EvaluationActivities.class, "record the round").recordRound(record))
        .run();
  }

  private <T> T data(Class<T> stage, String summary) {
    return Workflow.newActivityStub(stage, options.data(summary));
  }
}
