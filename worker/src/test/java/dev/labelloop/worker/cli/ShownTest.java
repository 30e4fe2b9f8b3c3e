package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.review.Waiting;
import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.RunningWork;
import dev.labelloop.worker.health.HealthJudge;
import dev.labelloop.worker.health.PendingWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownTest {
  private static final ReviewProgress REVIEW = new ReviewProgress(2, 1, 60, 51);

  private static final Champion CHAMPION =
      new Champion(new ModelId("a".repeat(64)), new HoldoutScore(0.4123, 0.6), true);

  @Test
  void tellsShardsSpeedAndTheRestWhilePredicting() {
    CampaignProgress progress =
        progress(
            status(CampaignPhase.PREDICTING, null), null, new ShardProgress(10, 64, 12.345), 2);

    // 11 shards of 64 / 2 images are left, 10 of them done: 342 / 12.345 = 27.7 s
    assertThat(ShownCampaign.of(progress))
        .isEqualTo(
            new Shown(
                "round 2/3 predict",
                3,
                14,
                "shards",
                Duration.ofSeconds(28),
                "mAP 0.412 · 12.3 images/s",
                null));
  }

  @Test
  void tellsStepsLossAndTheRestWhileTraining() {
    CampaignProgress progress =
        progress(
            status(CampaignPhase.TRAINING, null),
            new TrainingProgress(40, 110, 3.217, 0.452),
            null,
            0);

    // 70 · 0.452 = 31.64 s
    assertThat(ShownCampaign.of(progress))
        .isEqualTo(
            new Shown(
                "round 2/3 train",
                40,
                110,
                "steps",
                Duration.ofSeconds(32),
                "mAP 0.412 · loss 3.22 · 0.45 s/step",
                null));
  }

  @Test
  void tellsAnswersAndOpenBatchesWhilePeopleWork() {
    CampaignProgress progress =
        progress(status(CampaignPhase.AWAITING_REVIEW, REVIEW), null, null, 0);

    assertThat(ShownCampaign.of(progress))
        .isEqualTo(
            new Shown(
                "round 2/3 review",
                51,
                60,
                "images answered",
                null,
                "mAP 0.412 · 1 of 2 batches open · until 2026-11-27T10:00:00Z",
                null));
  }

  @Test
  void tellsHowManyBoxesWaitWherePostgresqlIsKnown() {
    CampaignProgress p = progress(status(CampaignPhase.AWAITING_REVIEW, REVIEW), null, null, 0);
    CampaignProgress counted =
        new CampaignProgress(
            p.summary(),
            p.status(),
            p.health(),
            null,
            List.of(),
            RunningWork.NONE,
            new Waiting(9, 1234, 0, 53));

    assertThat(ShownCampaign.of(counted).done()).isEqualTo(53); // the campaign knows of 51
    assertThat(ShownCampaign.of(counted).note())
        .isEqualTo(
            "mAP 0.412 · 1,234 boxes wait on 9 images · 1 of 2 batches open"
                + " · until 2026-11-27T10:00:00Z");
  }

  @Test
  void tellsWhatItKnowsWhereNoWorkerAnswers() {
    CampaignProgress told = CampaignProgress.told(status(CampaignPhase.TRAINING, null));
    CampaignProgress progress =
        new CampaignProgress(
            told.summary(),
            null,
            HealthJudge.unserved("campaign"),
            null,
            List.of(),
            RunningWork.NONE,
            null);

    assertThat(StatusText.of(progress).lines())
        .containsExactly(
            "street: round 2 TRAINING · mAP 0.412",
            "BLOCKED: no worker serves queue campaign: start one with 'labelloop worker --queues"
                + " campaign …', or 'labelloop serve' for a home");
  }

  @Test
  void theStatusTellsWhatIsTriedAgainAndWhen() {
    CampaignProgress told = CampaignProgress.told(status(CampaignPhase.PREDICTING, null));
    Instant at = Instant.parse("2026-11-27T10:00:00.123Z");
    PendingWork waits =
        new PendingWork(
            "campaign/street/r2/predict/g0",
            "PredictShard",
            "shard 4/14 · g0",
            "predict",
            PendingWork.State.RETRYING,
            4,
            "the disk is full",
            at,
            null,
            at);
    PendingWork runs =
        new PendingWork(
            "campaign/street/r2/predict/g0",
            "PredictShard",
            null,
            "predict",
            PendingWork.State.RUNNING,
            2,
            "its worker was killed",
            at,
            at,
            null);
    CampaignProgress progress =
        new CampaignProgress(
            told.summary(),
            told.status(),
            told.health(),
            null,
            List.of(runs, waits),
            RunningWork.NONE,
            null);

    assertThat(StatusText.of(progress).lines().skip(1))
        .containsExactly(
            "shard 4/14 · g0 (PredictShard): attempt 4 comes at 2026-11-27T10:00:00Z;"
                + " the last one failed: the disk is full",
            "PredictShard of campaign/street/r2/predict/g0: attempt 2 runs since"
                + " 2026-11-27T10:00:00Z; the last one failed: its worker was killed");
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

  private static CampaignProgress progress(
      CampaignStatus status, TrainingProgress training, ShardProgress prediction, int shards) {
    CampaignProgress told = CampaignProgress.told(status);
    return new CampaignProgress(
        told.summary(),
        status,
        told.health(),
        null,
        List.of(),
        new RunningWork(null, training, prediction, shards),
        null);
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
