package dev.labelloop.campaign;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.label.LabelResult;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.prediction.GroupProgress;
import dev.labelloop.review.ReviewComplete;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.selection.SelectionResult;
import dev.labelloop.trainingset.TrainingSetRef;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The loop: {@link #run} is its story, one round a run. */
public final class CampaignWorkflowImpl implements CampaignWorkflow {
  private final Logger log = Workflow.getLogger(CampaignWorkflowImpl.class);
  private final Visibility visibility = new Visibility();
  private final CampaignState begin;
  private final RoundId roundId;
  private final Stages stages;
  private final Amendments amendments;
  private CampaignPhase phase = CampaignPhase.PREDICTING;
  private @Nullable DatasetSummary dataset;
  private @Nullable InitialModelResult initial;
  private @Nullable Champion champion;
  private @Nullable PredictionStage prediction;
  private @Nullable ReviewWait review;
  private @Nullable LabelResult accepted;

  /** Batches of this round that were said to be done before the review began to wait. */
  private final Set<BatchId> early = new LinkedHashSet<>();

  private int finishedRounds;
  private boolean paused;
  private boolean finishing;
  private @Nullable CancellationScope work;

  /** Made before any message is handled, so that none meets an empty campaign. */
  @WorkflowInit
  public CampaignWorkflowImpl(CampaignState state) {
    begin = state;
    roundId = new RoundId(state.campaign(), state.round());
    stages = new Stages(roundId);
    amendments = new Amendments(state, stages);
    dataset = state.dataset();
    champion = state.champion();
    finishedRounds = Math.max(0, state.round() - 1);
    paused = state.paused();
  }

  @Override
  public CampaignResult run(CampaignState state) {
    Optional<CampaignOutcome> outcome = untilOutcomeOrEndOfRound();
    untilMessagesAreAnswered(); // the last of them may amend when to stop
    outcome = outcome.or(this::stopAfterRound);
    if (outcome.isEmpty() && !finishing) {
      return Workflow.newContinueAsNewStub(CampaignWorkflow.class).run(nextState());
    }
    phase = CampaignPhase.DONE;
    show(CampaignHealth.OK);
    return new CampaignResult(
        begin.campaign(), outcome.orElse(CampaignOutcome.FINISHED), finishedRounds, champion());
  }

  /**
   * Does this run's share of the campaign; {@code finish} cancels it wherever it is.
   *
   * <p>A stage that fails for good fails the workflow with its message; what is stored stays, and
   * the campaign started again goes on from there.
   */
  private Optional<CampaignOutcome> untilOutcomeOrEndOfRound() {
    Holder<Optional<CampaignOutcome>> outcome = new Holder<>(Optional.empty());
    CancellationScope scope =
        Workflow.newCancellationScope(
            () -> outcome.value = begin.round() == 0 ? prepare() : round());
    work = scope;
    try {
      if (finishing && champion != null) { // asked before the first step: nothing to cancel yet
        return Optional.of(CampaignOutcome.FINISHED);
      }
      scope.run();
      return outcome.value;
    } catch (TemporalFailure e) {
      if (finishing && Failures.isCancellation(e)) {
        takeBatchesFromPeople();
        return Optional.of(CampaignOutcome.FINISHED);
      }
      untilMessagesAreAnswered();
      show(Failures.isCancellation(e) ? CampaignHealth.CANCELLED : CampaignHealth.FAILED);
      throw e;
    } finally {
      work = null;
    }
  }

  /** Nobody should go on answering what nobody will read. */
  private void takeBatchesFromPeople() {
    if (phase == CampaignPhase.AWAITING_REVIEW
        && review != null
        && review.progress().openBatches() > 0) {
      Workflow.newDetachedCancellationScope(stages::closeReview).run();
    }
  }

  private static final class Holder<T> {
    private T value;

    Holder(T value) {
      this.value = value;
    }
  }

  /** An update that is under way when a run ends would be lost to its sender. */
  private static void untilMessagesAreAnswered() {
    Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
        .run();
  }

  /**
   * Registers the images, makes the initial model and measures it. One that knows no class is
   * measured too: it costs one pass over the holdout, and round 0 has no special case.
   */
  private Optional<CampaignOutcome> prepare() {
    enter(CampaignPhase.PREDICTING);
    DatasetSummary registered = stages.registerDataset();
    dataset = registered;
    if (registered.holdoutToLabel() > 0 && !finishing) {
      enter(CampaignPhase.SELECTING);
      stages.selectHoldout();
      awaitPeople();
    }
    enter(CampaignPhase.EVALUATING);
    InitialModelResult made = stages.initialiseModel();
    initial = made;
    HoldoutScore score = stages.measure(made.model());
    champion = new Champion(made.model(), score, made.knownClasses() > 0);
    record(new RoundRecord(roundId, null, null, made.model(), score, false));
    return Optional.empty();
  }

  /** One pass through the loop. */
  private Optional<CampaignOutcome> round() {
    boolean predicted = predictPool();
    enter(CampaignPhase.SELECTING);
    SelectionResult selected = stages.selectImages(predicted);
    if (selected.images() == 0) {
      return Optional.of(CampaignOutcome.COMPLETED); // nothing is left to ask
    }
    awaitPeople();

    enter(CampaignPhase.ACCEPTING);
    accepted = stages.acceptLabels();
    TrainingSetRef trainingSet = stages.freezeTrainingSet();
    if (trainingSet.boxes() == 0) {
      log.warn("round {} has no label at all: nothing to train on", roundId);
      record(new RoundRecord(roundId, null, null, champion().model(), champion().score(), false));
    } else {
      trainAndCompare(trainingSet);
    }
    return Optional.empty();
  }

  /** Predicts the pool with the champion, unless it knows none of the classes. */
  private boolean predictPool() {
    enter(CampaignPhase.PREDICTING);
    if (!champion().predicts()) {
      return false;
    }
    PredictionStage stage =
        new PredictionStage(
            roundId, stages.planPrediction(), champion().model(), paused, this::show);
    prediction = stage;
    show();
    stage.run();
    return true;
  }

  private void awaitPeople() {
    untilNobodyHolds();
    ReviewProgress published = stages.publishReview();
    ReviewWait wait = new ReviewWait(roundId, amendments.settings(), stages, published, this::show);
    wait.hold(paused);
    early.forEach(wait::request);
    review = wait;
    if (finishing) {
      wait.closeAll();
    }
    phase = CampaignPhase.AWAITING_REVIEW;
    show();
    wait.untilDone();
  }

  private void trainAndCompare(TrainingSetRef trainingSet) {
    enter(CampaignPhase.TRAINING);
    ModelId challenger = stages.train(Objects.requireNonNull(begin.initialModel()), trainingSet);

    enter(CampaignPhase.EVALUATING);
    HoldoutScore score = stages.measure(challenger);
    boolean promoted = score.map() - champion().score().map() >= amendments.settings().margin();
    if (promoted) {
      champion = new Champion(challenger, score, true);
    }
    record(
        new RoundRecord(
            roundId, challenger, score, champion().model(), champion().score(), promoted));
  }

  private void record(RoundRecord round) {
    stages.record(round);
    finishedRounds = begin.round();
  }

  private Optional<CampaignOutcome> stopAfterRound() {
    Optional<CampaignOutcome> target = stopAtTarget();
    if (target.isPresent() || begin.round() < amendments.settings().maxRounds()) {
      return target;
    }
    return Optional.of(CampaignOutcome.COMPLETED);
  }

  private Optional<CampaignOutcome> stopAtTarget() {
    Double target = amendments.settings().targetMap();
    return target != null && champion().score().map() >= target
        ? Optional.of(CampaignOutcome.TARGET_REACHED)
        : Optional.empty();
  }

  private CampaignState nextState() {
    return new CampaignState(
        begin.campaign(),
        begin.settings(),
        begin.round() + 1,
        dataset,
        initial == null ? begin.initialModel() : initial.model(),
        champion,
        paused,
        amendments.amended());
  }

  // Messages

  @Override
  public void reviewComplete(@Nullable ReviewComplete message) {
    if (message == null || !message.batchId().round().equals(roundId)) {
      // Late, early or of another campaign. Nothing is lost: answers are read unasked as well.
      log.info("signal review-complete {} is not for round {}", message, roundId);
    } else if (review == null) {
      early.add(message.batchId());
    } else {
      review.request(message.batchId());
    }
  }

  @Override
  public void checkCompleteReview(ReviewComplete message) {
    BatchId batch =
        Objects.requireNonNull(message, "say which batch: {\"batchId\": \"street/r1/b0\"}")
            .batchId();
    RoundId of = batch.round();
    if (!of.campaign().equals(begin.campaign())) {
      throw new IllegalArgumentException(
          "batch " + batch + " is not of campaign " + begin.campaign());
    }
    if (of.number() < begin.round()) {
      return; // closed with its round
    }
    if (review == null || !review.knows(batch)) {
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
    if (review == null || !review.knows(message.batchId())) {
      return new ReviewProgress(0, 0, 0, 0); // of an earlier round: closed long ago
    }
    return review.close(message.batchId());
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
    if (paused != hold) {
      paused = hold;
      if (prediction != null) {
        prediction.hold(hold);
      }
      if (review != null) {
        review.hold(hold);
      }
      show();
    }
    return status();
  }

  @Override
  public void checkAmend(Amendment amendment) {
    if (finishing) {
      throw new IllegalArgumentException(
          "campaign " + begin.campaign() + " is being finished: nothing is left to amend");
    }
    amendments.check(Objects.requireNonNull(amendment, "say what, such as {\"budget\": 0.05}"));
  }

  @Override
  public CampaignStatus amend(Amendment amendment) {
    if (amendments.amend(amendment)) {
      if (review != null && amendment.deadline() != null) {
        review.amend(amendments.settings());
      }
      show();
    }
    return status();
  }

  @Override
  public CampaignStatus finish() {
    finishing = true;
    if (champion == null && review != null) {
      review.closeAll(); // the holdout: what is answered is what the champion is measured on
    } else if (champion != null && work != null) {
      work.cancel("finished by a person");
    }
    return status();
  }

  @Override
  public void groupProgress(@Nullable GroupProgress progress) {
    if (progress != null && prediction != null) {
      prediction.note(progress);
    }
  }

  @Override
  public CampaignStatus status() {
    ReviewWait waiting = phase == CampaignPhase.AWAITING_REVIEW ? review : null;
    return new CampaignStatus(
        begin.campaign(),
        phase,
        begin.round(),
        amendments.settings().maxRounds(),
        prediction == null ? 0 : prediction.shardsDone(),
        prediction == null ? 0 : prediction.shards(),
        waiting == null ? null : waiting.progress(),
        waiting == null ? null : waiting.deadline(),
        champion,
        paused,
        amendments.amended());
  }

  // Small words

  /** Begins a phase, once nobody holds the campaign. */
  private void enter(CampaignPhase next) {
    untilNobodyHolds();
    phase = next;
    show();
  }

  private void untilNobodyHolds() {
    Workflow.await(() -> !paused || finishing);
  }

  private void show() {
    boolean overdue = phase == CampaignPhase.AWAITING_REVIEW && review != null && review.extended();
    show(paused ? CampaignHealth.PAUSED : overdue ? CampaignHealth.OVERDUE : CampaignHealth.OK);
  }

  private void show(CampaignHealth health) {
    visibility.show(
        new Visibility.View(
            status(), health, amendments.settings().targetMap(), begin.champion(), accepted));
  }

  private Champion champion() {
    return Objects.requireNonNull(champion, "no champion before the campaign is prepared");
  }
}
