package dev.labelloop.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.health.PendingWork.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthJudgeTest {
  private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

  @Test
  void aCampaignWhoseWorkGetsOnIsWell() {
    assertThat(judge(work("PredictShard", State.RUNNING, 1, NOW))).isEqualTo(HealthNote.OK);
    assertThat(judge()).isEqualTo(HealthNote.OK);
  }

  @Test
  void oneKilledWorkerIsNoTrouble() {
    assertThat(judge(work("PredictShard", State.RETRYING, 2, NOW))).isEqualTo(HealthNote.OK);
  }

  @Test
  void theThirdAttemptIsWorthALook() {
    HealthNote note = judge(work("PredictShard", State.RETRYING, 3, NOW));

    assertThat(note)
        .isEqualTo(
            new HealthNote(
                CampaignHealth.DEGRADED,
                "retries/PredictShard",
                "shard 4/14 · g0 (PredictShard) fails again and again and is tried again:"
                    + " the disk is full"));
  }

  @Test
  void theTenthAttemptBlocksUnlessItGetsOn() {
    assertThat(judge(work("TrainModel", State.RETRYING, 10, NOW)).level())
        .isEqualTo(CampaignHealth.BLOCKED);
    assertThat(judge(work("TrainModel", State.RUNNING, 10, NOW)).level())
        .isEqualTo(CampaignHealth.BLOCKED); // it has just begun

    PendingWork running =
        new PendingWork(
            "campaign/street/r1/train",
            "TrainModel",
            null,
            "train",
            State.RUNNING,
            10,
            "its worker was killed",
            NOW.minus(Duration.ofMinutes(3)),
            NOW,
            null);
    assertThat(judge(running).level()).isEqualTo(CampaignHealth.DEGRADED);
  }

  @Test
  void aQueueThatNobodyServesBlocks() {
    PendingWork waits = work("PredictShard", State.WAITING, 1, NOW.minusSeconds(11));

    assertThat(HealthJudge.judge(sight(List.of(waits), List.of()), q -> false, NOW, HealthNote.OK))
        .isEqualTo(HealthJudge.unserved("predict"));
    assertThat(judge(waits)).isEqualTo(HealthNote.OK); // served: it only waits for its turn
  }

  @Test
  void aQueueThatIsJustBeingServedDoesNotBlock() {
    PendingWork fresh = work("PredictShard", State.WAITING, 1, NOW.minusSeconds(9));

    assertThat(HealthJudge.judge(sight(List.of(fresh), List.of()), q -> false, NOW, HealthNote.OK))
        .isEqualTo(HealthNote.OK);
  }

  @Test
  void aDecisionThatNobodyTakesBlocks() {
    PendingDecision decision =
        new PendingDecision("campaign/street", 1, NOW.minusSeconds(60), false, null);

    assertThat(
            HealthJudge.judge(sight(List.of(), List.of(decision)), q -> false, NOW, HealthNote.OK))
        .isEqualTo(HealthJudge.unserved("campaign"));
  }

  @Test
  void aDecisionThatFailsAgainAndAgainBlocks() {
    PendingDecision decision =
        new PendingDecision("campaign/street", 3, NOW, false, "[TMPRL1100] another build");

    HealthNote note =
        HealthJudge.judge(sight(List.of(), List.of(decision)), q -> true, NOW, HealthNote.OK);

    assertThat(note.level()).isEqualTo(CampaignHealth.BLOCKED);
    assertThat(note.reason()).contains("campaign/street", "[TMPRL1100] another build");
  }

  @Test
  void workThatSomebodyHoldsBlocks() {
    assertThat(judge(work("TrainModel", State.PAUSED, 1, NOW)).level())
        .isEqualTo(CampaignHealth.BLOCKED);
  }

  @Test
  void theWorstIsTold() {
    assertThat(
            judge(
                    work("PredictShard", State.RETRYING, 3, NOW),
                    work("TrainModel", State.RETRYING, 12, NOW))
                .cause())
        .isEqualTo("retries/TrainModel");
  }

  @Test
  void twoEqualTroublesDoNotTakeTurns() {
    PendingWork a = work("PredictShard", State.RETRYING, 3, NOW);
    PendingWork b = work("TrainModel", State.RETRYING, 4, NOW);
    HealthNote told = new HealthNote(CampaignHealth.DEGRADED, "retries/PredictShard", "earlier");

    assertThat(judge(a, b).cause()).isEqualTo("retries/TrainModel");
    assertThat(HealthJudge.judge(sight(List.of(a, b), List.of()), q -> true, NOW, told).cause())
        .isEqualTo("retries/PredictShard");
  }

  private static HealthNote judge(PendingWork... work) {
    return HealthJudge.judge(sight(List.of(work), List.of()), q -> true, NOW, HealthNote.OK);
  }

  private static Sight sight(List<PendingWork> work, List<PendingDecision> decisions) {
    return new Sight(new CampaignName("street"), null, work, decisions, List.of());
  }

  private static PendingWork work(String activity, State state, int attempt, Instant since) {
    return new PendingWork(
        "campaign/street/r1/predict/g0",
        activity,
        "shard 4/14 · g0",
        "predict",
        state,
        attempt,
        attempt > 1 ? "the disk is full" : null,
        since,
        null,
        state == State.RETRYING ? since : null);
  }
}
