package dev.labelloop.worker.client;

import dev.labelloop.dataset.ScanProgress;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.worker.health.Sight;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the running activities of a campaign last said.
 *
 * @param registration of the images; null if it does not run
 * @param training of the running training; null if none runs
 * @param prediction of all running shards together; null if none runs
 * @param shards that run
 */
public record RunningWork(
    @Nullable ScanProgress registration,
    @Nullable TrainingProgress training,
    @Nullable ShardProgress prediction,
    int shards) {
  /** Nothing runs, or says nothing. */
  public static final RunningWork NONE = new RunningWork(null, null, null, 0);

  static RunningWork of(Sight sight, DataConverter converter) {
    ScanProgress registration = null;
    TrainingProgress training = null;
    ShardProgress prediction = null;
    int shards = 0;
    List<PendingActivityInfo> pending =
        sight.workflows().stream().flatMap(w -> w.getPendingActivitiesList().stream()).toList();
    for (PendingActivityInfo activity : pending) {
      if (!activity.hasHeartbeatDetails()) {
        continue;
      }
      switch (activity.getActivityType().getName()) {
        case "RegisterDataset" -> registration = details(activity, ScanProgress.class, converter);
        case "TrainModel" -> training = details(activity, TrainingProgress.class, converter);
        case "PredictShard", "PredictHoldout" -> {
          prediction = sum(prediction, details(activity, ShardProgress.class, converter));
          shards++;
        }
        default -> {} // short: nothing to tell
      }
    }
    return new RunningWork(registration, training, prediction, shards);
  }

  private static <T> T details(
      PendingActivityInfo activity, Class<T> type, DataConverter converter) {
    return converter.fromPayloads(0, Optional.of(activity.getHeartbeatDetails()), type, type);
  }

  private static ShardProgress sum(@Nullable ShardProgress a, ShardProgress b) {
    return a == null
        ? b
        : new ShardProgress(
            a.done() + b.done(), a.total() + b.total(), a.imagesPerSecond() + b.imagesPerSecond());
  }
}
