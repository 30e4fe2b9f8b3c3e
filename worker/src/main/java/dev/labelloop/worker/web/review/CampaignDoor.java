package dev.labelloop.worker.web.review;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.client.Campaigns;
import java.util.Optional;

/** What reviewers ask of running campaigns. */
public interface CampaignDoor {
  /**
   * Where a campaign is.
   *
   * @throws BadInputException if it is not on the Temporal server
   */
  CampaignStatus status(CampaignName campaign);

  /**
   * Closes a batch with the answers that are there.
   *
   * @return how far the review is then; empty if no worker answers now, and the next one will
   * @throws BadInputException if the campaign refuses the batch
   */
  Optional<ReviewProgress> completeReview(BatchId batch);

  /** The door of campaigns on a Temporal server. */
  static CampaignDoor of(Campaigns campaigns) {
    return new CampaignDoor() {
      @Override
      public CampaignStatus status(CampaignName campaign) {
        return campaigns.status(campaign);
      }

      @Override
      public Optional<ReviewProgress> completeReview(BatchId batch) {
        return campaigns.completeReview(batch);
      }
    };
  }
}
