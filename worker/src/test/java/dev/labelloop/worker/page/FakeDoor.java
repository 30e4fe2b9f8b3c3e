package dev.labelloop.worker.page;

import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.web.review.CampaignDoor;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Campaigns that are where a test says, and note which batches people are done with. */
final class FakeDoor implements CampaignDoor {
  final BlockingQueue<BatchId> completed = new LinkedBlockingQueue<>();
  private final Map<CampaignName, CampaignStatus> statuses = new ConcurrentHashMap<>();

  @Override
  public CampaignStatus status(CampaignName campaign) {
    return statuses.getOrDefault(campaign, waiting(campaign, new ReviewProgress(1, 1, 3, 0)));
  }

  @Override
  public Optional<ReviewProgress> completeReview(BatchId batch) {
    completed.add(batch);
    return Optional.of(new ReviewProgress(1, 0, 3, 3));
  }

  /** From now on a campaign is there. */
  void tell(CampaignStatus status) {
    statuses.put(status.campaign(), status);
  }

  /** A campaign in round 1 that waits for people. */
  static CampaignStatus waiting(CampaignName campaign, ReviewProgress review) {
    return new CampaignStatus(
        campaign,
        CampaignPhase.AWAITING_REVIEW,
        1,
        1,
        1,
        1,
        review,
        null,
        new Champion(Studio.MODEL, new HoldoutScore(0.25, 0.5), true),
        false,
        Amendment.NONE,
        HealthNote.OK);
  }
}
