package dev.labelloop.activities.evaluation.gate;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.evaluation.coco.MapBootstrap;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;

/** Measures how sure the scores of a campaign's models are, each once. */
public final class MapIntervals {
  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final PredictionRepository predictions;
  private final LabelRepository labels;
  private final IntervalRepository intervals;

  public MapIntervals(
      CampaignRepository campaigns,
      ImageRepository images,
      PredictionRepository predictions,
      LabelRepository labels,
      IntervalRepository intervals) {
    this.campaigns = campaigns;
    this.images = images;
    this.predictions = predictions;
    this.labels = labels;
    this.intervals = intervals;
  }

  /**
   * Measures and stores what is missing; seconds a model on a small holdout, a minute on a large
   * one.
   *
   * @param progress is told of each draw, and may throw to end it
   */
  public void complete(CampaignName campaign, Runnable progress) {
    for (ModelId model : intervals.missing(campaign)) {
      intervals.insertIfAbsent(campaign, model, measure(campaign, model, progress));
    }
  }

  private MapInterval measure(CampaignName campaign, ModelId model, Runnable progress) {
    CampaignSpec spec = campaigns.spec(campaign);
    var truth = labels.holdoutAnnotations(campaign);
    var detections = predictions.holdout(campaign, model);
    detections.keySet().retainAll(truth.keySet()); // as when it was scored
    truth.keySet().retainAll(detections.keySet());
    MapBootstrap bootstrap =
        MapBootstrap.of(
            truth,
            detections,
            spec.classes().size(),
            Clusters.of(spec.promotion().cluster(), images.holdout(campaign)));
    return MapInterval.of(bootstrap, spec.training().seed(), progress);
  }
}
