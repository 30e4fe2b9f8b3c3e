package dev.labelloop.activities.review;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.review.AnswerRepository.LabelBefore;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Optional;

/** Reads a stored batch with its images and the round's proposals. */
public final class Batches {
  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final PredictionRepository predictions;
  private final BatchRepository batches;
  private final AnswerRepository answers;

  public Batches(
      CampaignRepository campaigns,
      ImageRepository images,
      PredictionRepository predictions,
      BatchRepository batches,
      AnswerRepository answers) {
    this.campaigns = campaigns;
    this.images = images;
    this.predictions = predictions;
    this.batches = batches;
    this.answers = answers;
  }

  /** The batch as people see it; without items if there is no such batch. */
  public ReviewBatch read(BatchId id) {
    CampaignSpec spec = campaigns.spec(id.round().campaign());
    List<ReviewBatch.Item> items =
        batches.items(id).stream().map(item -> item(spec, id.round(), item)).toList();
    return new ReviewBatch(id, spec.classes(), spec.training().seed(), items);
  }

  /** One image of the batch as people see it, if it is in the batch. */
  public Optional<ReviewBatch.Item> item(BatchId id, ImageId image) {
    return batches
        .item(id, image)
        .map(item -> item(campaigns.spec(id.round().campaign()), id.round(), item));
  }

  private ReviewBatch.Item item(CampaignSpec spec, RoundId round, BatchRepository.Item item) {
    StoredImage image = images.find(round.campaign(), item.image()).orElseThrow();
    boolean boxes =
        spec.review().ask() == CampaignSpec.Asking.BOXES && BoxQueries.areFor(item.purpose());
    BoxQueries asked =
        answers
            .labelBefore(round, item.image())
            .map(label -> ofLabel(label, boxes))
            .orElseGet(() -> ofDetections(spec, round, item.image(), boxes));
    return new ReviewBatch.Item(image, item.purpose(), asked);
  }

  private static BoxQueries ofLabel(LabelBefore label, boolean boxes) {
    return boxes
        ? BoxQueries.ofLabel(label.boxes(), label.ignore(), label.suspects())
        : BoxQueries.noneOf(label.boxes());
  }

  private BoxQueries ofDetections(CampaignSpec spec, RoundId round, ImageId image, boolean boxes) {
    List<Detection> found = predictions.ofImage(round, image);
    return boxes
        ? BoxQueries.ofDetections(found, spec.pseudoLabels().threshold())
        : BoxQueries.none(found);
  }
}
