package dev.labelloop.activities.review.simulated;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.image;

import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.ReviewTool;
import dev.labelloop.activities.review.ReviewToolContract;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import java.util.List;
import java.util.Map;

class SimulatedReviewToolTest extends ReviewToolContract {
  @Override
  protected ReviewTool tool() {
    return new SimulatedReviewTool(
        Map.of(image("a"), List.of(box(1, 0), box(40, 1)), image("b"), List.of()),
        new SimulatedReviewer(
            new Faults(0.5, 0.5, 0.1), // as drawn for each object, whenever it is asked
            HumanTime.named(CampaignSpec.Simulated.DEFAULT.time()),
            2,
            7),
        stores.contents::read);
  }

  @Override
  protected void peopleAnswer(BatchId batch) {
    // it answers by itself, at once
  }
}
