package dev.labelloop.campaign;

import dev.labelloop.dataset.Amendment;
import dev.labelloop.prediction.GroupProgress;
import dev.labelloop.review.ReviewComplete;
import dev.labelloop.review.ReviewProgress;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** The closed labelling loop over one data set; one round a run, then continue-as-new. */
@WorkflowInterface
public interface CampaignWorkflow {
  /** Runs the campaign to its end. */
  @WorkflowMethod
  CampaignResult run(CampaignState state);

  /** People are done with a batch. May be lost, repeated or late: it only wakes the campaign. */
  @SignalMethod(
      name = "review-complete",
      description = "People are done with a batch: {\"batchId\": \"street/r1/b0\"}")
  void reviewComplete(@Nullable ReviewComplete batch);

  /**
   * As the signal, but checked, and answered when the batch is closed.
   *
   * <p>Idempotent: a batch that is closed already is answered as such.
   */
  @UpdateMethod(
      name = "completeReview",
      description =
          "Close a batch with the answers that are there: {\"batchId\": \"street/r1/b0\"}")
  ReviewProgress completeReview(ReviewComplete batch);

  /** Refuses batches of other campaigns, of rounds to come and unknown ones. */
  @UpdateValidatorMethod(updateName = "completeReview")
  void checkCompleteReview(ReviewComplete batch);

  /**
   * Holds the campaign: nothing new is begun, what runs ends as usual. That goes for shards too
   * which wait in a queue already: about four for each slot of the workers, at least 16. People may
   * go on answering; the review's deadline moves by as long as the campaign was held, and nobody is
   * reminded.
   */
  @UpdateMethod(description = "Hold the campaign: nothing new is begun, what runs ends as usual")
  CampaignStatus pause();

  /** Lets a held campaign go on. */
  @UpdateMethod(description = "Let a held campaign go on")
  CampaignStatus resume();

  /**
   * Changes what is left of the campaign: a new budget counts from the next selection, a new
   * deadline moves that of a review under way, a target that is reached or a last round ends the
   * campaign after this round.
   *
   * <p>Answered once it is stored. Idempotent: what was amended before is not stored again.
   */
  @UpdateMethod(
      description =
          "Change budget (share of the pool a round), deadline, target (mAP) or rounds:"
              + " {\"budget\": 0.05, \"deadline\": \"P1D\", \"target\": 0.6, \"rounds\": 5}")
  CampaignStatus amend(Amendment amendment);

  /** Refuses values out of range, rounds that are over, and a campaign that is being finished. */
  @UpdateValidatorMethod(updateName = "amend")
  void checkAmend(Amendment amendment);

  /**
   * Makes the champion before the present one champion again: the next challenger is compared with
   * it, the next round predicts with it. Asked once more, it goes back one more.
   */
  @UpdateMethod(description = "Make the champion before the present one champion again")
  CampaignStatus rollBack();

  /** Refuses before the first model is measured. */
  @UpdateValidatorMethod(updateName = "rollBack")
  void checkRollBack();

  /**
   * Ends the campaign with the champion it has: what runs is cancelled, and waited for. Before
   * there is a champion the initial model is made and measured first, on as much of the holdout as
   * has its truth.
   */
  @UpdateMethod(description = "End the campaign with the champion it has")
  CampaignStatus finish();

  /** A group of shards reports to its campaign; not for people. */
  @SignalMethod(name = "groupProgress", description = "Sent by the campaign's own children")
  void groupProgress(@Nullable GroupProgress progress);

  /**
   * A worker reports what it sees of the campaign from outside: work that fails again and again, a
   * queue that nobody serves. Not for people. The same again is ignored.
   */
  @SignalMethod(name = "health", description = "Sent by the workers that look after campaigns")
  void health(@Nullable HealthNote seen);

  /** Where the campaign is. */
  @QueryMethod(description = "Where the campaign is")
  CampaignStatus status();

  /** What workers last reported of it in this run; for those that report. */
  @QueryMethod(description = "What workers last reported of its health")
  SeenHealth seenHealth();
}
