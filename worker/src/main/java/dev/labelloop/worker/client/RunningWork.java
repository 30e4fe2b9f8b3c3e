package dev.labelloop.worker.client;

import dev.labelloop.dataset.ScanProgress;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.worker.health.Sight;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
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
          ShardProgress shard = details(activity, ShardProgress.class, converter);
          prediction = shard == null ? prediction : sum(prediction, shard);
          shards++;
        }
        default -> {} // short: nothing to tell
      }
    }
    return new RunningWork(registration, training, prediction, shards);
  }

  /** Null before the first step, and of a worker whose build speaks otherwise. */
  private static <T> @Nullable T details(
      PendingActivityInfo activity, Class<T> type, DataConverter converter) {
    try {
      return converter.fromPayloads(0, Optional.of(activity.getHeartbeatDetails()), type, type);
    } catch (DataConverterException e) {
      return null;
    }
  }

  private static ShardProgress sum(@Nullable ShardProgress a, ShardProgress b) {
    return a == null
        ? b
        : new ShardProgress(
            a.done() + b.done(), a.total() + b.total(), a.imagesPerSecond() + b.imagesPerSecond());
  }
}
