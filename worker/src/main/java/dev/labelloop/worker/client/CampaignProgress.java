package dev.labelloop.worker.client;

import dev.labelloop.activities.review.Waiting;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.health.PendingWork;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a campaign is, with what its running activities last said.
 *
 * @param summary as in a list
 * @param status as the campaign itself tells; null if no worker answers for it
 * @param health how it is by now, as it says itself and as it is seen
 * @param failure why it failed, in full; null if it has not
 * @param retrying activities that failed and are tried again, or run once more
 * @param running what its running activities last said
 * @param waiting for people; null if it is not known
 */
public record CampaignProgress(
    CampaignSummary summary,
    @Nullable CampaignStatus status,
    HealthNote health,
    @Nullable String failure,
    List<PendingWork> retrying,
    RunningWork running,
    @Nullable Waiting waiting) {
  /** What a campaign tells of itself, and no more. */
  public static CampaignProgress told(CampaignStatus status) {
    return new CampaignProgress(
        CampaignSummary.of(status),
        status,
        status.health(),
        null,
        List.of(),
        RunningWork.NONE,
        null);
  }

  /**
   * How far the review is; null outside one. The campaign itself looks when a batch ends, and by
   * the hour; what is stored is counted at every look.
   */
  public @Nullable ReviewProgress review() {
    ReviewProgress told = status == null ? null : status.review();
    return told == null || waiting == null
        ? told
        : new ReviewProgress(
            told.batches(),
            told.openBatches(),
            told.images(),
            Math.max(told.answered(), waiting.answered()));
  }

  /** What the running training last said; null if none runs. */
  public @Nullable TrainingProgress training() {
    return running.training();
  }
}
