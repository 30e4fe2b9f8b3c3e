package dev.labelloop.worker.metrics;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Counts what the attempts of activities in this process get done. */
final class StageMeters {
  private final MeterRegistry registry;
  private final Map<RoundId, TrainingGauges> trainings = new ConcurrentHashMap<>();

  StageMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** One attempt, as far as it can be seen from outside the activity. */
  interface Attempt {
    /** Its newest heartbeat. */
    default void beat(@Nullable Object details) {}

    /** It returned. */
    default void done(@Nullable Object result) {}

    /** It threw. */
    default void failed() {}
  }

  /**
   * An attempt begins.
   *
   * @param request the activity's argument
   * @param number from 1
   */
  Attempt begin(@Nullable Object request, int number) {
    if (request instanceof ShardRef shard) {
      return beginShard(shard.round().campaign(), number);
    }
    if (request instanceof HoldoutRef holdout) {
      return new Prediction(images(holdout.campaign(), "holdout"), null);
    }
    if (request instanceof TrainingRequest training) {
      return new Training(training.round());
    }
    return new Attempt() {};
  }

  private Attempt beginShard(CampaignName campaign, int number) {
    Counter retries =
        counter("labelloop.shard.retries", "Attempts at a shard after its first", campaign)
            .register(registry);
    if (number > 1) {
      retries.increment();
    }
    return new Prediction(
        images(campaign, "pool"),
        counter("labelloop.shards.finished", "Shards whose predictions are stored", campaign)
            .register(registry));
  }

  private Counter images(CampaignName campaign, String set) {
    return counter(
            "labelloop.images.predicted",
            "Images put before the detector, with those that turned out unreadable",
            campaign)
        .tag("set", set)
        .register(registry);
  }

  private static Counter.Builder counter(String name, String description, CampaignName campaign) {
    return Counter.builder(name).description(description).tag("campaign", campaign.value());
  }

  /** Counts images while they get done, and the rest at the end. */
  private static final class Prediction implements Attempt {
    private final Counter images;
    private final @Nullable Counter finished;
    private int counted;

    Prediction(Counter images, @Nullable Counter finished) {
      this.images = images;
      this.finished = finished;
    }

    @Override
    public void beat(@Nullable Object details) {
      if (details instanceof ShardProgress progress) {
        count(progress.done());
      }
    }

    @Override
    public void done(@Nullable Object result) {
      if (result instanceof ShardResult shard) {
        count(shard.images() + shard.quarantined());
      }
      if (finished != null) {
        finished.increment();
      }
    }

    private synchronized void count(int done) {
      if (done > counted) {
        images.increment(done - counted);
        counted = done;
      }
    }
  }

  /** Shows the newest step; forgets a training that goes on elsewhere. */
  private final class Training implements Attempt {
    private final RoundId round;
    private final Counter steps;
    private @Nullable TrainingProgress last;

    Training(RoundId round) {
      this.round = round;
      steps =
          counter(
                  "labelloop.training.steps",
                  "Steps done in this process, from the first heartbeat of an attempt on",
                  round.campaign())
              .tag("round", String.valueOf(round.number()))
              .register(registry);
    }

    @Override
    public synchronized void beat(@Nullable Object details) {
      if (details instanceof TrainingProgress progress && progress.step() > 0) {
        if (last != null
            && progress.step() > last.step()) { // the first may go on from a checkpoint
          steps.increment(progress.step() - last.step());
        }
        last = progress;
        trainings
            .computeIfAbsent(round, r -> new TrainingGauges(registry, r, progress))
            .show(progress);
      }
    }

    @Override
    public synchronized void done(@Nullable Object result) {
      TrainingProgress p = last;
      if (p != null) {
        beat(new TrainingProgress(p.steps(), p.steps(), p.loss(), p.secondsPerStep()));
      }
    }

    @Override
    public void failed() {
      TrainingGauges gauges = trainings.remove(round);
      if (gauges != null) {
        gauges.remove();
      }
    }
  }
}
