package dev.labelloop.activities.label;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.label.FixedPseudoLabels.Acceptance;
import dev.labelloop.activities.label.quality.RoundAudit;
import dev.labelloop.activities.prediction.PredictedImage;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelActivities;
import dev.labelloop.label.LabelResult;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.selection.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the verify sample and the pool's predictions, decides, looks for wrong labels, stores. */
public final class LabelActivitiesImpl implements LabelActivities {
  private final CampaignRepository campaigns;
  private final PredictionRepository predictions;
  private final BatchRepository batches;
  private final LabelRepository labels;
  private final RoundAudit audit;

  public LabelActivitiesImpl(
      CampaignRepository campaigns,
      PredictionRepository predictions,
      BatchRepository batches,
      LabelRepository labels,
      RoundAudit audit) {
    this.campaigns = campaigns;
    this.predictions = predictions;
    this.batches = batches;
    this.labels = labels;
    this.audit = audit;
  }

  @Override
  public LabelResult acceptLabels(RoundId round) {
    if (labels.find(round).isEmpty()) {
      Optional<ModelId> model = predictions.modelOf(round);
      Acceptance acceptance = model.isPresent() ? accept(round) : FixedPseudoLabels.off();
      boolean audited =
          model.isPresent() && campaigns.spec(round.campaign()).selection().recheck() > 0;
      labels.insertIfAbsent(
          round,
          acceptance.result(),
          model.map(ModelId::value).orElse(""),
          acceptance.labels(),
          audited ? audit.doubts(round) : List.of());
    }
    return labels.find(round).orElseThrow();
  }

  private Acceptance accept(RoundId round) {
    CampaignSpec.PseudoLabels wanted = campaigns.spec(round.campaign()).pseudoLabels();
    if (wanted.mode() == PseudoLabelMode.OFF) {
      return FixedPseudoLabels.off();
    }
    FixedPseudoLabels rule = new FixedPseudoLabels(wanted.threshold(), wanted.precision());
    List<CheckedImage> sample = sample(round);
    return predictions.readPool(round, pool -> rule.accept(sample, pool));
  }

  /** The verify images that people have answered. */
  private List<CheckedImage> sample(RoundId round) {
    Map<ImageId, List<LabelledBox>> truth = labels.poolAnnotations(round.campaign());
    List<CheckedImage> sample = new ArrayList<>();
    for (ImageId image : batches.ofPurpose(round, Purpose.VERIFY)) {
      List<LabelledBox> boxes = truth.get(image);
      if (boxes != null) {
        sample.add(
            new CheckedImage(new PredictedImage(image, predictions.ofImage(round, image)), boxes));
      }
    }
    return sample;
  }
}
