package dev.labelloop.activities.review;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.review.quality.Slices;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import java.util.List;
import java.util.Optional;

/** Reads a stored batch with its images and the round's proposals. */
public final class Batches {
  private final CampaignRepository campaigns;
  private final ItemRepository items;

  public Batches(CampaignRepository campaigns, ItemRepository items) {
    this.campaigns = campaigns;
    this.items = items;
  }

  /** The batch as people see it; without items if there is no such batch. */
  public ReviewBatch read(BatchId id) {
    CampaignSpec spec = campaigns.spec(id.round().campaign());
    List<ReviewBatch.Item> shown =
        items.of(id).stream().map(item -> shown(spec, id.round(), item)).toList();
    return new ReviewBatch(id, spec.classes(), spec.training().seed(), shown);
  }

  /**
   * One image of the batch as people see it, if it is in the batch.
   *
   * @param spec of the batch's campaign
   */
  public Optional<ReviewBatch.Item> item(CampaignSpec spec, BatchId id, ImageId image) {
    return items.find(id, image).map(item -> shown(spec, id.round(), item));
  }

  private static ReviewBatch.Item shown(
      CampaignSpec spec, RoundId round, ItemRepository.Item item) {
    return new ReviewBatch.Item(item.image(), item.purpose(), asked(spec, round, item));
  }

  private static BoxQueries asked(CampaignSpec spec, RoundId round, ItemRepository.Item item) {
    boolean boxes =
        spec.review().ask() == CampaignSpec.Asking.BOXES && BoxQueries.areFor(item.purpose());
    LabelBefore label = item.before();
    if (label != null) {
      return boxes
          ? BoxQueries.ofLabel(label.boxes(), label.ignore(), label.suspects())
          : BoxQueries.noneOf(label.boxes());
    }
    if (Slices.isBlind(spec, round, item.image().id(), item.purpose())) {
      return BoxQueries.none(List.of());
    }
    return boxes
        ? BoxQueries.ofDetections(item.detections(), spec.pseudoLabels().threshold())
        : BoxQueries.none(item.detections());
  }
}
