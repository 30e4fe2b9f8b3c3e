package dev.labelloop.campaign;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.DatasetActivities;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.EvaluationActivities;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.label.LabelActivities;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.ModelActivities;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.model.TrainingWorkflow;
import dev.labelloop.prediction.GroupProgress;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.review.ReviewActivities;
import dev.labelloop.review.ReviewComplete;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.selection.SelectionActivities;
import dev.labelloop.selection.SelectionRequest;
import dev.labelloop.selection.SelectionResult;
import dev.labelloop.trainingset.TrainingSetActivities;
import dev.labelloop.trainingset.TrainingSetRef;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The loop: {@link #run} is its story, one round a run. */
public final class CampaignWorkflowImpl implements CampaignWorkflow {
  private static final String HEALTHY = "OK";
  private static final String FAILED = "FAILED";

  private final Logger log = Workflow.getLogger(CampaignWorkflowImpl.class);
  private final Visibility visibility = new Visibility();
  private final CampaignState begin;
  private CampaignPhase phase = CampaignPhase.PREDICTING;
  private @Nullable DatasetSummary dataset;
  private @Nullable InitialModelResult initial;
  private @Nullable Champion champion;
  private @Nullable PredictionStage prediction;
  private @Nullable ReviewWait review;
  private int finishedRounds;
  private boolean paused;
  private boolean finishing;
  private @Nullable CancellationScope work;

  /** Made before any message is handled, so that none meets an empty campaign. */
  @WorkflowInit
  public CampaignWorkflowImpl(CampaignState state) {
    begin = state;
    champion = state.champion();
    finishedRounds = Math.max(0, state.round() - 1);
    paused = state.paused();
  }

  @Override
  public CampaignResult run(CampaignState state) {
    Optional<CampaignOutcome> outcome = untilOutcomeOrNextRound();
    Workflow.await(Workflow::isEveryHandlerFinished);
    if (outcome.isEmpty()) {
      return Workflow.newContinueAsNewStub(CampaignWorkflow.class).run(nextState());
    }
    phase = CampaignPhase.DONE;
    show(HEALTHY);
    return new CampaignResult(begin.campaign(), outcome.get(), finishedRounds, champion());
  }

  /** Does this run's share of the campaign; {@code finish} cancels it wherever it is. */
  private Optional<CampaignOutcome> untilOutcomeOrNextRound() {
    Holder<Optional<CampaignOutcome>> outcome = new Holder<>(Optional.empty());
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> outcome.value = begin.round() == 0 ? prepare() : round());
    work = scope;
    try {
      scope.run();
      return outcome.value;
    } catch (TemporalFailure e) {
      if (finishing && causedByCancellation(e)) {
        return Optional.of(CampaignOutcome.FINISHED);
      }
      show(FAILED);
      throw e;
    } finally {
      work = null;
    }
  }

  private static final class Holder<T> {
    private T value;

    Holder(T value) {
      this.value = value;
    }
  }

  /** Registers the images, makes the initial model and measures it. */
  private Optional<CampaignOutcome> prepare() {
    enter(CampaignPhase.PREDICTING);
    dataset =
        stub(DatasetActivities.class, StageOptions.longData("register images"))
            .registerDataset(begin.campaign());
    if (dataset.holdoutToLabel() > 0) {
      reviewHoldout();
    }
    initial =
        stub(ModelActivities.class, StageOptions.data("make the initial model"))
            .initialiseModel(begin.campaign());
    enter(CampaignPhase.EVALUATING);
    HoldoutScore score = measure(initial.model());
    champion = new Champion(initial.model(), score, initial.knownClasses() > 0);
    record(new RoundRecord(roundId(), null, null, initial.model(), score, false));
    return finishing ? Optional.of(CampaignOutcome.FINISHED) : stopBecauseOfTarget();
  }

  private void reviewHoldout() {
    enter(CampaignPhase.SELECTING);
    stub(SelectionActivities.class, StageOptions.data("select the holdout"))
        .selectHoldout(roundId());
    awaitPeople();
  }

  /** One pass through the loop. */
  private Optional<CampaignOutcome> round() {
    boolean predicted = predictPool();
    enter(CampaignPhase.SELECTING);
    SelectionResult selected =
        stub(SelectionActivities.class, StageOptions.data("select images"))
            .selectImages(new SelectionRequest(roundId(), predicted));
    if (selected.images() == 0) {
      return Optional.of(CampaignOutcome.COMPLETED); // nothing is left to ask
    }
    awaitPeople();

    enter(CampaignPhase.ACCEPTING);
    stub(LabelActivities.class, StageOptions.data("accept labels")).acceptLabels(roundId());
    TrainingSetRef trainingSet =
        stub(TrainingSetActivities.class, StageOptions.data("freeze the training set"))
            .freezeTrainingSet(roundId());
    if (trainingSet.boxes() == 0) {
      log.warn("round {} has no label at all: nothing to train on", roundId());
      record(new RoundRecord(roundId(), null, null, champion().model(), champion().score(), false));
    } else {
      trainAndCompare(trainingSet);
    }
    return stopAfterRound();
  }

  /** Predicts the pool with the champion, unless it knows none of the classes. */
  private boolean predictPool() {
    enter(CampaignPhase.PREDICTING);
    if (!champion().predicts()) {
      return false;
    }
    PredictionPlan plan =
        stub(PredictionActivities.class, StageOptions.data("plan the prediction"))
            .planPrediction(roundId());
    PredictionStage stage = new PredictionStage(roundId(), plan, champion().model(), paused);
    prediction = stage;
    show(HEALTHY);
    stage.run();
    show(HEALTHY);
    return true;
  }

  private void awaitPeople() {
    ReviewProgress published =
        stub(ReviewActivities.class, StageOptions.longData("publish batches"))
            .publishReview(roundId());
    ReviewWait wait =
        new ReviewWait(
            roundId(), published, begin.settings().reviewDeadline(), () -> show(HEALTHY));
    review = wait;
    enter(CampaignPhase.AWAITING_REVIEW);
    wait.untilDone(begin.settings());
  }

  private void trainAndCompare(TrainingSetRef trainingSet) {
    enter(CampaignPhase.TRAINING);
    TrainingRequest request =
        new TrainingRequest(
            roundId(), Objects.requireNonNull(begin.initialModel()), trainingSet.id());
    String summary =
        "train on " + trainingSet.images() + " images, " + trainingSet.boxes() + " boxes";
    ModelId challenger =
        Workflow.newChildWorkflowStub(
                TrainingWorkflow.class, PredictionStage.child(request.workflowId(), summary))
            .train(request);

    enter(CampaignPhase.EVALUATING);
    HoldoutScore score = measure(challenger);
    Champion before = champion();
    boolean promoted = score.map() - before.score().map() >= begin.settings().margin();
    if (promoted) {
      champion = new Champion(challenger, score, true);
    }
    record(
        new RoundRecord(
            roundId(), challenger, score, champion().model(), champion().score(), promoted));
  }

  private HoldoutScore measure(ModelId model) {
    stub(PredictionActivities.class, StageOptions.predict("predict the holdout"))
        .predictHoldout(new HoldoutRef(begin.campaign(), model));
    return stub(EvaluationActivities.class, StageOptions.data("measure on the holdout"))
        .evaluateModel(new EvaluationRequest(begin.campaign(), model));
  }

  private void record(RoundRecord round) {
    stub(EvaluationActivities.class, StageOptions.data("record the round")).recordRound(round);
    finishedRounds = begin.round();
  }

  private Optional<CampaignOutcome> stopAfterRound() {
    if (finishing) {
      return Optional.of(CampaignOutcome.FINISHED);
    }
    Optional<CampaignOutcome> target = stopBecauseOfTarget();
    if (target.isPresent() || begin.round() < begin.settings().maxRounds()) {
      return target;
    }
    return Optional.of(CampaignOutcome.COMPLETED);
  }

  private Optional<CampaignOutcome> stopBecauseOfTarget() {
    Double target = begin.settings().targetMap();
    return target != null && champion().score().map() >= target
        ? Optional.of(CampaignOutcome.TARGET_REACHED)
        : Optional.empty();
  }

  private CampaignState nextState() {
    return new CampaignState(
        begin.campaign(),
        begin.settings(),
        begin.round() + 1,
        begin.round() == 0 ? dataset : begin.dataset(),
        initial == null ? begin.initialModel() : initial.model(),
        champion,
        paused);
  }

  // Messages

  @Override
  public void reviewComplete(ReviewComplete message) {
    ReviewWait wait = review;
    if (wait != null && wait.knows(message.batchId())) {
      wait.request(message.batchId());
    } else {
      // Late, early or of another campaign. Nothing is lost: answers are read unasked as well.
      log.info("signal review-complete for {} is not for this round", message.batchId());
    }
  }

  @Override
  public void checkCompleteReview(ReviewComplete message) {
    BatchId batch = message.batchId();
    RoundId of = batch.round();
    if (!of.campaign().equals(begin.campaign())) {
      throw new IllegalArgumentException(
          "batch " + batch + " is not of campaign " + begin.campaign());
    }
    if (of.number() < begin.round()) {
      return; // closed with its round
    }
    ReviewWait wait = review;
    if (wait == null || !wait.knows(batch)) {
      throw new IllegalArgumentException(
          "batch "
              + batch
              + " is not under review: the campaign is in round "
              + begin.round()
              + ", phase "
              + phase);
    }
  }

  @Override
  public ReviewProgress completeReview(ReviewComplete message) {
    ReviewWait wait = review;
    if (wait == null || !wait.knows(message.batchId())) {
      return new ReviewProgress(0, 0, 0, 0); // of an earlier round: closed long ago
    }
    return wait.close(message.batchId());
  }

  @Override
  public CampaignStatus pause() {
    return hold(true);
  }

  @Override
  public CampaignStatus resume() {
    return hold(false);
  }

  private CampaignStatus hold(boolean hold) {
    paused = hold;
    if (prediction != null) {
      prediction.hold(hold);
    }
    show(HEALTHY);
    return status();
  }

  @Override
  public CampaignStatus finish() {
    finishing = true;
    if (work != null && champion != null) {
      work.cancel("finished by a person");
    }
    return status();
  }

  @Override
  public void groupProgress(GroupProgress progress) {
    if (prediction != null) {
      prediction.note(progress);
      show(HEALTHY);
    }
  }

  @Override
  public CampaignStatus status() {
    boolean reviewing = phase == CampaignPhase.AWAITING_REVIEW && review != null;
    return new CampaignStatus(
        begin.campaign(),
        phase,
        begin.round(),
        begin.settings().maxRounds(),
        prediction == null ? 0 : prediction.shardsDone(),
        prediction == null ? 0 : prediction.shards(),
        reviewing && review != null ? review.progress() : null,
        reviewing && review != null ? review.deadline() : null,
        champion,
        paused);
  }

  // Small words

  /** Begins a phase, once nobody holds the campaign. */
  private void enter(CampaignPhase next) {
    Workflow.await(() -> !paused);
    phase = next;
    show(HEALTHY);
  }

  private void show(String health) {
    visibility.show(status(), begin.settings(), health);
  }

  private RoundId roundId() {
    return new RoundId(begin.campaign(), begin.round());
  }

  private Champion champion() {
    return Objects.requireNonNull(champion, "no champion before the campaign is prepared");
  }

  private static <T> T stub(Class<T> stage, ActivityOptions options) {
    return Workflow.newActivityStub(stage, options);
  }

  private static boolean causedByCancellation(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CanceledFailure) {
        return true;
      }
    }
    return false;
  }
}
