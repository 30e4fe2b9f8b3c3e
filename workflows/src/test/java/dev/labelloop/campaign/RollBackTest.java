package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.RoundId;
import dev.labelloop.evaluation.RoundRecord;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Taking a champion back on Temporal's in-memory server; the stages are hand-made. */
@Timeout(60)
class RollBackTest {
  private final FakeStages stages = new FakeStages();
  private TestWorkflowEnvironment server;

  @BeforeEach
  void start() {
    stages.answersAtOnce = false;
    server = CampaignWorkflowTest.startServer(stages);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theNextChallengerMeetsTheChampionThatCameBack() throws Exception {
    stages.maps = new double[] {0.3, 0.25}; // the second beats the initial 0.1, not the first
    CampaignWorkflow campaign = begin(2);
    awaitReview(1);
    complete(campaign, 1);
    awaitReview(2);

    CampaignStatus status = campaign.rollBack();

    assertThat(status.champion().model()).isEqualTo(FakeStages.INITIAL);
    complete(campaign, 2);
    assertThat(CampaignWorkflowTest.result(campaign).champion().model())
        .isEqualTo(FakeStages.challenger(2));
    assertThat(stages.records).extracting(RoundRecord::promoted).containsExactly(false, true, true);
  }

  @Test
  void itLastsOverTheEndOfARun() throws Exception {
    stages.maps = new double[] {0.3, 0.05};
    CampaignWorkflow campaign = begin(2);
    awaitReview(1);
    complete(campaign, 1);
    awaitReview(2);
    campaign.rollBack();
    complete(campaign, 2);

    assertThat(CampaignWorkflowTest.result(campaign).champion().model())
        .isEqualTo(FakeStages.INITIAL);
  }

  @Test
  void beforeTheFirstPromotionThereIsNothingToGoBackTo() throws Exception {
    CampaignWorkflow campaign = begin(1);
    awaitReview(1);

    assertThatThrownBy(campaign::rollBack)
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("there was no champion before " + FakeStages.INITIAL);
    assertThat(campaign.status().champion().model()).isEqualTo(FakeStages.INITIAL);
  }

  private CampaignWorkflow begin(int rounds) {
    return CampaignWorkflowTest.begin(
        server,
        new LoopSettings(
            rounds, null, Duration.ofDays(3), DeadlinePolicy.EXTEND, Duration.ofDays(1)));
  }

  private static void complete(CampaignWorkflow campaign, int round) {
    campaign.completeReview(CampaignWorkflowTest.batch(round, 0));
    campaign.completeReview(CampaignWorkflowTest.batch(round, 1));
  }

  private void awaitReview(int round) throws InterruptedException {
    CampaignWorkflowTest.awaitReview(server, stages, new RoundId(FakeStages.CAMPAIGN, round));
  }
}
