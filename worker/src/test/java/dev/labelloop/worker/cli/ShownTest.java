package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.Champion;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.client.CampaignProgress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShownTest {
  private static final Champion CHAMPION =
      new Champion(new ModelId("a".repeat(64)), new HoldoutScore(0.4123, 0.6), true);

  @Test
  void tellsShardsAndSpeedWhilePredicting() {
    CampaignProgress progress =
        new CampaignProgress(
            status(CampaignPhase.PREDICTING, null), null, new ShardProgress(10, 32, 12.345));

    assertThat(Shown.of(progress))
        .isEqualTo(new Shown("round 2/3 predict", 3, 14, "mAP 0.412 · 12.3 images/s"));
  }

  @Test
  void tellsStepsAndLossWhileTraining() {
    CampaignProgress progress =
        new CampaignProgress(
            status(CampaignPhase.TRAINING, null),
            new TrainingProgress(40, 110, 3.217, 0.452),
            null);

    assertThat(Shown.of(progress))
        .isEqualTo(new Shown("round 2/3 train", 40, 110, "mAP 0.412 · loss 3.22 · 0.45 s/step"));
  }

  @Test
  void tellsAnswersAndOpenBatchesWhilePeopleWork() {
    CampaignProgress progress =
        new CampaignProgress(
            status(CampaignPhase.AWAITING_REVIEW, new ReviewProgress(2, 1, 60, 51)), null, null);

    assertThat(Shown.of(progress))
        .isEqualTo(
            new Shown(
                "round 2/3 review",
                51,
                60,
                "mAP 0.412 · 1 of 2 batches open · until 2026-11-27T10:00:00Z"));
  }

  @Test
  void theStatusTellsWhatWasAmended() {
    CampaignStatus status = status(CampaignPhase.SELECTING, null);
    assertThat(StatusText.of(status)).isEqualTo("street: round 2/3 select · mAP 0.412");

    assertThat(StatusText.of(amended(status, new Amendment(0.05, null, 0.6, null))))
        .isEqualTo(
            "street: round 2/3 select · mAP 0.412"
                + System.lineSeparator()
                + "amended: budget 5%, target mAP 0.6");
  }

  private static CampaignStatus amended(CampaignStatus s, Amendment amended) {
    return new CampaignStatus(
        s.campaign(),
        s.phase(),
        s.round(),
        s.maxRounds(),
        s.shardsDone(),
        s.shards(),
        s.review(),
        s.deadline(),
        s.champion(),
        s.paused(),
        amended,
        s.health());
  }

  private static CampaignStatus status(CampaignPhase phase, ReviewProgress review) {
    Instant deadline = review == null ? null : Instant.parse("2026-11-27T10:00:00Z");
    return new CampaignStatus(
        new CampaignName("street"),
        phase,
        2,
        3,
        3,
        14,
        review,
        deadline,
        CHAMPION,
        false,
        Amendment.NONE,
        HealthNote.OK);
  }
}
