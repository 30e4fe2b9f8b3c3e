package dev.labelloop.activities.review;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelledBox;
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
        batches.items(id).stream().map(item -> item(id.round(), item.image())).toList();
    return new ReviewBatch(id, spec.classes(), spec.training().seed(), items);
  }

  /** One image of the batch as people see it, if it is in the batch. */
  public Optional<ReviewBatch.Item> item(BatchId id, ImageId image) {
    return batches.items(id).stream()
        .filter(item -> item.image().equals(image))
        .findFirst()
        .map(item -> item(id.round(), image));
  }

  private ReviewBatch.Item item(RoundId round, ImageId id) {
    StoredImage image = images.find(round.campaign(), id).orElseThrow();
    return answers
        .labelBefore(round, id)
        .map(label -> new ReviewBatch.Item(image, certain(label.boxes()), true))
        .orElseGet(
            () ->
                new ReviewBatch.Item(
                    image,
                    predictions.ofImage(round, id).stream().filter(Detection::shown).toList(),
                    false));
  }

  /** A person's boxes as they are shown to the next one: nothing about them is a guess. */
  private static List<Detection> certain(List<LabelledBox> label) {
    return label.stream().map(box -> new Detection(box.box(), box.classIndex(), 1)).toList();
  }
}
