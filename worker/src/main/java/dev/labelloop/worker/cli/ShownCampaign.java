package dev.labelloop.worker.cli;

import dev.labelloop.activities.review.Waiting;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.dataset.ScanProgress;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.CampaignSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A campaign as a state of a progress bar. */
final class ShownCampaign {
  private final CampaignProgress progress;
  private final List<String> notes = new ArrayList<>();

  private ShownCampaign(CampaignProgress progress) {
    this.progress = progress;
  }

  static Shown of(CampaignProgress progress) {
    CampaignStatus status = progress.status();
    ShownCampaign shown = new ShownCampaign(progress);
    return status == null ? shown.asListed(progress.summary()) : shown.asTold(status);
  }

  private Shown asListed(CampaignSummary summary) {
    noteMap(summary.map());
    String round = summary.round() == 0 ? "prepare" : "round " + summary.round();
    String phase = summary.phase() == null ? "" : " " + summary.phase();
    return step(
        summary.state().equals(CampaignSummary.RUNNING)
            ? round + phase
            : summary.state().toLowerCase(Locale.ROOT) + " in " + round + phase);
  }

  private Shown asTold(CampaignStatus status) {
    Champion champion = status.champion();
    noteMap(champion == null ? null : champion.score().map());
    String round =
        status.round() == 0 ? "prepare" : "round " + status.round() + "/" + status.maxRounds();
    return switch (status.phase()) {
      case PREDICTING -> predicting(round, status);
      case SELECTING -> step(round + " select");
      case AWAITING_REVIEW -> reviewing(round, status);
      case ACCEPTING -> step(round + " accept labels");
      case TRAINING -> training(round, progress.running().training());
      case EVALUATING -> evaluating(round, progress.running().prediction());
      case DONE -> new Shown("done", 1, 1, "", null, note(), warning());
    };
  }

  private void noteMap(@Nullable Double map) {
    if (map != null) {
      notes.add(String.format(Locale.ROOT, "mAP %.3f", map));
    }
  }

  private Shown predicting(String round, CampaignStatus status) {
    ShardProgress shard = progress.running().prediction();
    if (shard != null) {
      notes.add(speed(shard));
    }
    ScanProgress files = progress.running().registration();
    if (files != null) {
      return registering(round, files);
    }
    return status.shards() == 0
        ? step(round + (status.round() == 0 ? " images" : " predict"))
        : new Shown(
            round + " predict",
            status.shardsDone(),
            status.shards(),
            "shards",
            shard == null ? null : left(shard, status.shards() - status.shardsDone()),
            note(),
            warning());
  }

  private Shown registering(String round, ScanProgress files) {
    notes.add(String.format(Locale.ROOT, "%.0f files/s", files.filesPerSecond()));
    return new Shown(
        round + " images",
        files.done(),
        files.total(),
        "files",
        files.filesPerSecond() <= 0
            ? null
            : seconds((files.total() - files.done()) / files.filesPerSecond()),
        note(),
        warning());
  }

  /** Shards are equal but for the last, and those that run tell how large one is. */
  private @Nullable Duration left(ShardProgress running, int shards) {
    if (running.imagesPerSecond() <= 0 || progress.running().shards() == 0) {
      return null;
    }
    double images =
        (double) shards * running.total() / progress.running().shards() - running.done();
    return seconds(Math.max(0, images) / running.imagesPerSecond());
  }

  private Shown reviewing(String round, CampaignStatus status) {
    ReviewProgress review = progress.review();
    if (review == null) {
      return step(round + " review");
    }
    Waiting waiting = progress.waiting();
    if (waiting != null) {
      notes.add(
          String.format(
              Locale.ROOT, "%,d boxes wait on %,d images", waiting.boxes(), waiting.images()));
    }
    notes.add(review.openBatches() + " of " + review.batches() + " batches open");
    if (status.deadline() != null) {
      notes.add("until " + status.deadline());
    }
    return new Shown(
        round + " review",
        review.answered(),
        review.images(),
        "images answered",
        null,
        note(),
        warning());
  }

  private Shown training(String round, @Nullable TrainingProgress training) {
    if (training == null) {
      return step(round + " train");
    }
    notes.add(String.format(Locale.ROOT, "loss %.2f", training.loss()));
    notes.add(String.format(Locale.ROOT, "%.2f s/step", training.secondsPerStep()));
    return new Shown(
        round + " train",
        training.step(),
        training.steps(),
        "steps",
        seconds((training.steps() - training.step()) * training.secondsPerStep()),
        note(),
        warning());
  }

  private Shown evaluating(String round, @Nullable ShardProgress holdout) {
    if (holdout == null) {
      return step(round + " evaluate");
    }
    notes.add(speed(holdout));
    return new Shown(
        round + " evaluate",
        holdout.done(),
        holdout.total(),
        "images",
        holdout.imagesPerSecond() <= 0
            ? null
            : seconds((holdout.total() - holdout.done()) / holdout.imagesPerSecond()),
        note(),
        warning());
  }

  private static Duration seconds(double seconds) {
    return Duration.ofSeconds(Math.round(seconds));
  }

  private static String speed(ShardProgress shard) {
    return String.format(Locale.ROOT, "%.1f images/s", shard.imagesPerSecond());
  }

  private Shown step(String task) {
    return Shown.task(task, note(), warning());
  }

  private String note() {
    return String.join(" · ", notes);
  }

  private @Nullable String warning() {
    return progress.health().ok()
        ? null
        : progress.health().level() + ": " + progress.health().reason();
  }
}
