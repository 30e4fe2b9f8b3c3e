package dev.labelloop.campaign;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.GateDecision;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.label.LabelResult;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.prediction.GroupProgress;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.selection.SelectionResult;
import dev.labelloop.trainingset.TrainingSetRef;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowLock;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The work of one run of a campaign, and how far it is: {@link #prepare} or one {@link #round}. */
final class RoundWork {
  private final Logger log = Workflow.getLogger(RoundWork.class);
  private final Visibility visibility = new Visibility();
  private final CampaignState begin;
  private final RoundId roundId;
  private final Stages stages;
  private final Amendments amendments;
  private final HealthBook health = new HealthBook();
  private CampaignPhase phase = CampaignPhase.PREDICTING;
  private @Nullable DatasetSummary dataset;
  private @Nullable InitialModelResult initial;
  private @Nullable Champion champion;
  private @Nullable PredictionStage prediction;
  private @Nullable ReviewWait review;
  private @Nullable LabelResult accepted;

  /** So that the champion here is the one in PostgreSQL. */
  private final WorkflowLock oneChampionAtATime = Workflow.newWorkflowLock();

  /** Batches of this round that were said to be done before the review began to wait. */
  private final Set<BatchId> early = new LinkedHashSet<>();

  /** Whether this round's batches are drawn: before that there is none to speak of. */
  private boolean selected;

  private int finishedRounds;
  private boolean paused;
  private boolean finishing;

  RoundWork(CampaignState begin, Stages stages, Amendments amendments) {
    this.begin = begin;
    this.roundId = new RoundId(begin.campaign(), begin.round());
    this.stages = stages;
    this.amendments = amendments;
    dataset = begin.dataset();
    champion = begin.champion();
    finishedRounds = Math.max(0, begin.round() - 1);
    paused = begin.paused();
  }

  /**
   * Registers the images, makes the initial model and measures it. One that knows no class is
   * measured too: it costs one pass over the holdout, and round 0 has no special case.
   */
  Optional<CampaignOutcome> prepare() {
    enter(CampaignPhase.PREDICTING);
    DatasetSummary registered = stages.registerDataset();
    dataset = registered;
    if (registered.holdoutToLabel() > 0 && !finishing) {
      enter(CampaignPhase.SELECTING);
      stages.selectHoldout();
      selected = true;
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
  Optional<CampaignOutcome> round() {
    boolean predicted = predictPool();
    enter(CampaignPhase.SELECTING);
    SelectionResult selection = stages.selectImages(predicted);
    selected = true;
    if (selection.images() == 0) {
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
    boolean promoted = compare(challenger);
    record(
        new RoundRecord(
            roundId, challenger, score, champion().model(), champion().score(), promoted));
  }

  private boolean compare(ModelId challenger) {
    oneChampionAtATime.lock();
    try {
      GateDecision decision =
          stages.compare(champion().model(), challenger, amendments.settings().maxRounds());
      champion = decision.champion();
      return decision.promoted();
    } finally {
      oneChampionAtATime.unlock();
    }
  }

  private void record(RoundRecord round) {
    stages.record(round);
    finishedRounds = begin.round();
  }

  /** What the next run begins with. */
  CampaignState next() {
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

  /** The campaign is over. */
  void end() {
    phase = CampaignPhase.DONE;
    health.ended();
    show();
  }

  /** The campaign ends with a failure, or because it was cancelled from outside. */
  void fail(TemporalFailure failure) {
    health.failed(failure);
    show();
  }

  // What messages ask for

  /**
   * Closes a batch of this round, now or once its review has begun. Before the selection there is
   * none: who speaks of one then would close it before anybody has seen it.
   */
  void request(BatchId batch) {
    if (review != null) {
      review.request(batch);
    } else if (selected) {
      early.add(batch);
    } else {
      log.info("batch {} is said to be done, and not yet selected", batch);
    }
  }

  /** The wait for people; null before it began. */
  @Nullable ReviewWait review() {
    return review;
  }

  /** Takes a group's report. */
  void note(GroupProgress progress) {
    if (prediction != null) {
      prediction.note(progress);
    }
  }

  /** Takes what a worker sees of the campaign from outside. */
  void note(HealthNote seen) {
    if (health.note(seen)) {
      show();
    }
  }

  /** Holds the work, or lets it go on. */
  void hold(boolean hold) {
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
  }

  /**
   * Makes the champion before the present one champion again.
   *
   * @return whether there is one
   */
  boolean rollBack() {
    oneChampionAtATime.lock();
    try {
      Champion earlier = stages.rollBack(Workflow.randomUUID().toString());
      if (earlier == null) {
        return false;
      }
      champion = earlier;
      show();
      return true;
    } finally {
      oneChampionAtATime.unlock();
    }
  }

  /** Puts amended settings in force. */
  void amended(boolean deadline) {
    if (review != null && deadline) {
      review.amend(amendments.settings());
    }
    show();
  }

  /** Nothing is waited for any more; the work itself is cancelled by who asks. */
  void finish() {
    finishing = true;
    if (champion == null && review != null) {
      review.closeAll(); // the holdout: what is answered is what the champion is measured on
    }
  }

  /** Nobody should go on answering what nobody will read. */
  void takeBatchesFromPeople() {
    boolean published = review != null && review.progress().openBatches() > 0;
    if (published || phase == CampaignPhase.SELECTING) { // they are open from the selection on
      Workflow.newDetachedCancellationScope(stages::closeReview).run();
    }
  }

  // Where it is

  boolean hasChampion() {
    return champion != null;
  }

  Champion champion() {
    return Objects.requireNonNull(champion, "no champion before the campaign is prepared");
  }

  boolean finishing() {
    return finishing;
  }

  int finishedRounds() {
    return finishedRounds;
  }

  CampaignStatus status() {
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
        amendments.amended(),
        health.now(paused, overdue(), dataset));
  }

  SeenHealth seenHealth() {
    return health.seen();
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
    visibility.show(
        new Visibility.View(
            status(), amendments.settings().targetMap(), begin.champion(), accepted));
  }

  private boolean overdue() {
    return phase == CampaignPhase.AWAITING_REVIEW && review != null && review.extended();
  }
}
