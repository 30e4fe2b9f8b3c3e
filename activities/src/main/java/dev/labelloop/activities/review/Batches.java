package dev.labelloop.activities.review;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import java.util.List;

/** Reads a stored batch with its images and the round's proposals. */
public final class Batches {
  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final PredictionRepository predictions;
  private final BatchRepository batches;

  public Batches(
      CampaignRepository campaigns,
      ImageRepository images,
      PredictionRepository predictions,
      BatchRepository batches) {
    this.campaigns = campaigns;
    this.images = images;
    this.predictions = predictions;
    this.batches = batches;
  }

  /** The batch as people see it; without items if there is no such batch. */
  public ReviewBatch read(BatchId id) {
    CampaignSpec spec = campaigns.spec(id.round().campaign());
    List<ReviewBatch.Item> items =
        batches.items(id).stream()
            .map(
                item -> {
                  StoredImage image =
                      images.find(id.round().campaign(), item.image()).orElseThrow();
                  return new ReviewBatch.Item(image, predictions.ofImage(id.round(), item.image()));
                })
            .toList();
    return new ReviewBatch(id, spec.classes(), spec.training().seed(), items);
  }
}
