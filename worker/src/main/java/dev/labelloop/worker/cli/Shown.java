package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.Champion;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.client.CampaignProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One state of a progress bar.
 *
 * @param task what is being done
 * @param done so far
 * @param total 0 if it cannot be known
 * @param note what else is worth a word
 */
record Shown(String task, long done, long total, String note) {
  /** The bar of a campaign. */
  static Shown of(CampaignProgress progress) {
    CampaignStatus status = progress.status();
    String round =
        status.round() == 0 ? "prepare" : "round " + status.round() + "/" + status.maxRounds();
    List<String> notes = new ArrayList<>();
    Champion champion = status.champion();
    if (champion != null) {
      notes.add(String.format(Locale.ROOT, "mAP %.3f", champion.score().map()));
    }
    if (status.paused()) {
      notes.add("held: 'campaign resume' lets it go on");
    }
    return switch (status.phase()) {
      case PREDICTING -> predicting(round, progress, notes);
      case SELECTING -> step(round + " select", notes);
      case AWAITING_REVIEW -> reviewing(round, status, notes);
      case ACCEPTING -> step(round + " accept labels", notes);
      case TRAINING -> training(round, progress.training(), notes);
      case EVALUATING -> evaluating(round, progress.prediction(), notes);
      case DONE -> new Shown("done", 1, 1, note(notes));
    };
  }

  private static Shown predicting(String round, CampaignProgress progress, List<String> notes) {
    ShardProgress shard = progress.prediction();
    if (shard != null) {
      notes.add(speed(shard));
    }
    CampaignStatus status = progress.status();
    if (status.shards() == 0) {
      return step(round + (status.round() == 0 ? " images" : " predict"), notes);
    }
    return new Shown(round + " predict", status.shardsDone(), status.shards(), note(notes));
  }

  private static Shown reviewing(String round, CampaignStatus status, List<String> notes) {
    ReviewProgress review = status.review();
    if (review == null) {
      return step(round + " review", notes);
    }
    notes.add(review.openBatches() + " of " + review.batches() + " batches open");
    if (status.deadline() != null) {
      notes.add("until " + status.deadline());
    }
    return new Shown(round + " review", review.answered(), review.images(), note(notes));
  }

  private static Shown training(
      String round, @Nullable TrainingProgress training, List<String> notes) {
    if (training == null) {
      return step(round + " train", notes);
    }
    notes.add(String.format(Locale.ROOT, "loss %.2f", training.loss()));
    notes.add(String.format(Locale.ROOT, "%.2f s/step", training.secondsPerStep()));
    return new Shown(round + " train", training.step(), training.steps(), note(notes));
  }

  private static Shown evaluating(
      String round, @Nullable ShardProgress holdout, List<String> notes) {
    if (holdout == null) {
      return step(round + " evaluate", notes);
    }
    notes.add(speed(holdout));
    return new Shown(round + " evaluate", holdout.done(), holdout.total(), note(notes));
  }

  private static String speed(ShardProgress shard) {
    return String.format(Locale.ROOT, "%.1f images/s", shard.imagesPerSecond());
  }

  private static Shown step(String task, List<String> notes) {
    return new Shown(task, 0, 0, note(notes));
  }

  private static String note(List<String> notes) {
    return String.join(" · ", notes);
  }
}
