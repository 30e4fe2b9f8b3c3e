package dev.labelloop.worker.metrics;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.ModelActivities;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.worker.StoredCampaigns;
import io.temporal.activity.Activity;

/** Shards of 100 images, one of them unreadable, and trainings of 40 steps. */
final class FakeStages {
  private FakeStages() {}

  /** The first attempt at shard 1 gets through 30 images and fails. */
  static final class Prediction implements PredictionActivities {
    @Override
    public PredictionPlan planPrediction(RoundId round) {
      throw new UnsupportedOperationException("not a part of this step");
    }

    @Override
    public int liveSlots() {
      return 1;
    }

    @Override
    public ShardResult predictShard(ShardRef shard) {
      var context = Activity.getExecutionContext();
      context.heartbeat(new ShardProgress(30, 100, 12.5));
      if (shard.shard() == 1 && context.getInfo().getAttempt() == 1) {
        throw new IllegalStateException("the first attempt fails");
      }
      context.heartbeat(new ShardProgress(80, 100, 12.5));
      return new ShardResult(99, 990, 1);
    }

    @Override
    public ShardResult predictHoldout(HoldoutRef holdout) {
      return new ShardResult(20, 200, 0);
    }
  }

  /** Speaks at steps 10 and 30 of 40. */
  static final class Training implements ModelActivities {
    @Override
    public InitialModelResult initialiseModel(CampaignName campaign) {
      throw new UnsupportedOperationException("not a part of this step");
    }

    @Override
    public ModelId trainModel(TrainingRequest request) {
      Activity.getExecutionContext().heartbeat(new TrainingProgress(10, 40, 3.5, 0.25));
      Activity.getExecutionContext().heartbeat(new TrainingProgress(30, 40, 2.5, 0.5));
      return StoredCampaigns.MODEL;
    }
  }
}
