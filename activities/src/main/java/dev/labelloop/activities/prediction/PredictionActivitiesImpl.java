package dev.labelloop.activities.prediction;

import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.detector.Inference;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.heartbeat.Heartbeat;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.activities.sandbox.CrashingImageException;
import dev.labelloop.activities.sandbox.PictureWork;
import dev.labelloop.activities.storage.ModelStore;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import io.temporal.failure.ApplicationFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads images, asks the detector, stores what it found. */
public final class PredictionActivitiesImpl implements PredictionActivities {
  /** Enough to tell models apart. */
  private static final int MODEL_DIGITS = 12;

  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final PredictionRepository predictions;
  private final ModelStore models;
  private final PictureWork pictures;
  private final LiveSlots slots;

  public PredictionActivitiesImpl(
      CampaignRepository campaigns,
      ImageRepository images,
      PredictionRepository predictions,
      ModelStore models,
      PictureWork pictures,
      LiveSlots slots) {
    this.campaigns = campaigns;
    this.images = images;
    this.predictions = predictions;
    this.models = models;
    this.pictures = pictures;
    this.slots = slots;
  }

  @Override
  public PredictionPlan planPrediction(RoundId round) {
    predictions.preparePartition(round.number());
    return predictions.plan(round.campaign());
  }

  @Override
  public int liveSlots() {
    return slots.count();
  }

  @Override
  public ShardResult predictShard(ShardRef shard) {
    return predictions.findShard(shard).orElseGet(() -> predict(shard));
  }

  private ShardResult predict(ShardRef asked) {
    try (Heartbeat heartbeat = Heartbeat.start()) {
      Optional<ShardResult> stored = Optional.empty();
      while (stored.isEmpty()) { // again, where the round's first shard came meanwhile, by another
        ShardRef shard = byTheModelOfTheRound(asked);
        List<StoredImage> todo = predictions.shardImages(shard);
        List<Row> rows = new ArrayList<>();
        ShardResult result =
            predict(shard.round().campaign(), shard.model(), todo, rows, heartbeat);
        predictions.insertShard(shard, result, rows);
        stored = predictions.findShard(shard);
      }
      return stored.get();
    }
  }

  /**
   * Another one than asked for, if the champion was taken back between two runs of the campaign.
   */
  private ShardRef byTheModelOfTheRound(ShardRef asked) {
    ModelId model = predictions.modelOf(asked.round()).orElse(asked.model());
    return new ShardRef(asked.round(), asked.shard(), model);
  }

  @Override
  public ShardResult predictHoldout(HoldoutRef holdout) {
    return predictions.findHoldout(holdout).orElseGet(() -> predict(holdout));
  }

  private ShardResult predict(HoldoutRef holdout) {
    try (Heartbeat heartbeat = Heartbeat.start()) {
      List<StoredImage> todo = images.holdout(holdout.campaign());
      List<Row> rows = new ArrayList<>();
      ShardResult result = predict(holdout.campaign(), holdout.model(), todo, rows, heartbeat);
      predictions.insertHoldout(holdout, result, rows);
      return predictions.findHoldout(holdout).orElseThrow();
    }
  }

  private ShardResult predict(
      CampaignName campaign,
      ModelId model,
      List<StoredImage> todo,
      List<Row> rows,
      Heartbeat heartbeat) {
    CampaignSpec spec = campaigns.spec(campaign);
    try {
      return predict(
          campaign,
          models.get(model, spec.model().input(), spec.classes()),
          Path.of(spec.images()),
          todo,
          rows,
          heartbeat);
    } catch (InvalidModelException e) {
      throw ApplicationFailure.newNonRetryableFailureWithCause(
          "model "
              + model.value().substring(0, MODEL_DIGITS)
              + " of campaign "
              + campaign
              + " cannot be used: "
              + e.getMessage(),
          FinalFailure.BAD_MODEL,
          e);
    }
  }

  private ShardResult predict(
      CampaignName campaign,
      ModelFiles model,
      Path folder,
      List<StoredImage> todo,
      List<Row> rows,
      Heartbeat heartbeat) {
    long start = System.nanoTime();
    Set<String> crashing = images.crashing(campaign);
    int boxes = 0;
    int done = 0;
    for (StoredImage image : todo) {
      int before = done++;
      Runnable step = () -> heartbeat.note(progress(before, todo.size(), start));
      try {
        if (!crashing.contains(image.path())) {
          Inference found = pictures.predict(model, folder, image.id(), image.path(), step);
          boxes += found.detections().size();
          rows.add(
              new Row(
                  image.id(),
                  uncertainty(found.detections()),
                  found.detections(),
                  found.embedding()));
        }
      } catch (CrashingImageException e) {
        images.quarantineCrashing(campaign, image.path(), String.valueOf(e.getMessage()));
      } catch (ImageRejectedException e) {
        images.quarantine(campaign, image.path(), String.valueOf(e.getMessage()));
      }
      heartbeat.note(progress(done, todo.size(), start));
    }
    return new ShardResult(rows.size(), boxes, todo.size() - rows.size());
  }

  private static ShardProgress progress(int done, int of, long start) {
    return new ShardProgress(done, of, done / ((System.nanoTime() - start) / 1e9));
  }

  /** 1 − mean confidence of what would be shown to people; 1 where nothing would. */
  static double uncertainty(List<Detection> detections) {
    return 1
        - detections.stream()
            .filter(Detection::shown)
            .mapToDouble(Detection::confidence)
            .average()
            .orElse(0);
  }
}
