package dev.labelloop.worker.web.review;

import dev.labelloop.core.BatchId;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.BadInputException;
import java.util.Optional;

/** What reviewers ask of running campaigns. */
@FunctionalInterface
public interface CampaignDoor {
  /**
   * Closes a batch with the answers that are there.
   *
   * @return how far the review is then; empty if no worker answers now, and the next one will
   * @throws BadInputException if the campaign refuses the batch
   */
  Optional<ReviewProgress> completeReview(BatchId batch);
}
