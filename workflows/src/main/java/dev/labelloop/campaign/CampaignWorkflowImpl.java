package dev.labelloop.campaign;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.prediction.GroupProgress;
import dev.labelloop.review.ReviewComplete;
import dev.labelloop.review.ReviewProgress;
import io.temporal.common.InitialVersioningBehavior;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The loop: {@link #run} is its story, one round a run; the rest answers messages. */
public final class CampaignWorkflowImpl implements CampaignWorkflow {
  private final Logger log = Workflow.getLogger(CampaignWorkflowImpl.class);
  private final CampaignState begin;
  private final RoundId roundId;
  private final Amendments amendments;
  private final RoundWork work;
  private @Nullable CancellationScope scope;

  /** Made before any message is handled, so that none meets an empty campaign. */
  @WorkflowInit
  public CampaignWorkflowImpl(CampaignState state) {
    begin = state;
    roundId = new RoundId(state.campaign(), state.round());
    Stages stages = new Stages(roundId);
    amendments = new Amendments(state, stages);
    work = new RoundWork(state, stages, amendments);
  }

  @Override
  public CampaignResult run(CampaignState state) {
    Optional<CampaignOutcome> outcome = untilOutcomeOrEndOfRound();
    untilMessagesAreAnswered(); // the last of them may amend when to stop
    outcome = outcome.or(this::stopAfterRound);
    if (outcome.isEmpty() && !work.finishing()) {
      return nextRound();
    }
    work.end();
    return new CampaignResult(
        begin.campaign(),
        outcome.orElse(CampaignOutcome.FINISHED),
        work.finishedRounds(),
        work.champion());
  }

  /**
   * Between rounds a campaign goes over to the build of the workers that was made current; within a
   * round it stays with the one that it began with.
   */
  private CampaignResult nextRound() {
    ContinueAsNewOptions.Builder options = ContinueAsNewOptions.newBuilder();
    if (Workflow.getInfo().isTargetWorkerDeploymentVersionChanged()) {
      options.setInitialVersioningBehavior(InitialVersioningBehavior.AUTO_UPGRADE);
    }
    return Workflow.newContinueAsNewStub(CampaignWorkflow.class, options.build()).run(work.next());
  }

  /**
   * Does this run's share of the campaign; {@code finish} cancels it wherever it is.
   *
   * <p>A stage that fails for good fails the workflow with its message; what is stored stays, and
   * the campaign started again goes on from there.
   */
  private Optional<CampaignOutcome> untilOutcomeOrEndOfRound() {
    Holder<Optional<CampaignOutcome>> outcome = new Holder<>(Optional.empty());
    CancellationScope cancellable =
        Workflow.newCancellationScope(
            () -> outcome.value = begin.round() == 0 ? work.prepare() : work.round());
    scope = cancellable;
    try {
      if (work.finishing()
          && work.hasChampion()) { // asked before the first step: nothing to cancel yet
        return Optional.of(CampaignOutcome.FINISHED);
      }
      cancellable.run();
      return outcome.value;
    } catch (TemporalFailure e) {
      if (work.finishing() && Failures.isCancellation(e)) {
        work.takeBatchesFromPeople();
        return Optional.of(CampaignOutcome.FINISHED);
      }
      untilMessagesAreAnswered();
      work.fail(e);
      throw Failures.speaking(e);
    } finally {
      scope = null;
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

  private Optional<CampaignOutcome> stopAfterRound() {
    Optional<CampaignOutcome> target = stopAtTarget();
    if (target.isPresent() || begin.round() < amendments.settings().maxRounds()) {
      return target;
    }
    return Optional.of(CampaignOutcome.COMPLETED);
  }

  private Optional<CampaignOutcome> stopAtTarget() {
    Double target = amendments.settings().targetMap();
    return target != null && work.champion().score().map() >= target
        ? Optional.of(CampaignOutcome.TARGET_REACHED)
        : Optional.empty();
  }

  // Messages

  @Override
  public void reviewComplete(@Nullable ReviewComplete message) {
    if (message == null || !message.batchId().round().equals(roundId)) {
      // Late, early or of another campaign. Nothing is lost: answers are read unasked as well.
      log.info("signal review-complete {} is not for round {}", message, roundId);
    } else {
      work.request(message.batchId());
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
    ReviewWait review = work.review();
    if (review == null || !review.knows(batch)) {
      throw new IllegalArgumentException(
          "batch "
              + batch
              + " is not under review: the campaign is in round "
              + begin.round()
              + ", phase "
              + work.status().phase());
    }
  }

  @Override
  public ReviewProgress completeReview(ReviewComplete message) {
    ReviewWait review = work.review();
    if (review == null || !review.knows(message.batchId())) {
      return new ReviewProgress(0, 0, 0, 0); // of an earlier round: closed long ago
    }
    return review.close(message.batchId());
  }

  @Override
  public CampaignStatus pause() {
    work.hold(true);
    return status();
  }

  @Override
  public CampaignStatus resume() {
    work.hold(false);
    return status();
  }

  @Override
  public void checkAmend(Amendment amendment) {
    if (work.finishing()) {
      throw new IllegalArgumentException(
          "campaign " + begin.campaign() + " is being finished: nothing is left to amend");
    }
    amendments.check(Objects.requireNonNull(amendment, "say what, such as {\"budget\": 0.05}"));
  }

  @Override
  public CampaignStatus amend(Amendment amendment) {
    if (amendments.amend(amendment)) {
      work.amended(amendment.deadline() != null);
    }
    return status();
  }

  @Override
  public void checkRollBack() {
    if (!work.hasChampion()) {
      throw new IllegalArgumentException(
          "no model is measured yet: there is no champion to change");
    }
  }

  @Override
  public CampaignStatus rollBack() {
    if (!work.rollBack()) {
      throw ApplicationFailure.newNonRetryableFailure(
          "there was no champion before " + work.champion().model(), "NoEarlierChampion");
    }
    return status();
  }

  @Override
  public CampaignStatus finish() {
    work.finish();
    if (work.hasChampion() && scope != null) {
      scope.cancel("finished by a person");
    }
    return status();
  }

  @Override
  public void groupProgress(@Nullable GroupProgress progress) {
    if (progress != null) {
      work.note(progress);
    }
  }

  @Override
  public void health(@Nullable HealthNote seen) {
    if (seen != null) {
      work.note(seen);
    }
  }

  @Override
  public CampaignStatus status() {
    return work.status();
  }

  @Override
  public SeenHealth seenHealth() {
    return work.seenHealth();
  }
}
