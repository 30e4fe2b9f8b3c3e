package dev.labelloop.campaign;

import static dev.labelloop.campaign.CampaignServer.complete;
import static dev.labelloop.campaign.CampaignServer.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.dataset.Amendment;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person holds a campaign, or says that it is enough. */
@Timeout(60)
class HoldAndFinishTest {
  private final FakeStages stages = FakeStages.unanswered();
  @AutoClose private final CampaignServer server = new CampaignServer(stages);

  @Test
  void aPauseHoldsTheNextPhase() throws Exception {
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(1);
    assertThat(campaign.pause().paused()).isTrue();
    complete(campaign, 1);

    assertThat(campaign.status().phase()).isEqualTo(CampaignPhase.AWAITING_REVIEW);
    assertThat(stages.trainings).isEmpty();
    campaign.resume();
    assertThat(result(campaign).rounds()).isEqualTo(1);
  }

  @Test
  void finishEndsTheWaitForPeople() throws Exception {
    CampaignWorkflow campaign = server.begin(3, DeadlinePolicy.CLOSE);
    server.awaitReview(1);

    campaign.finish();

    CampaignResult result = result(campaign);
    assertThat(result.outcome()).isEqualTo(CampaignOutcome.FINISHED);
    assertThat(result.rounds()).isZero();
    assertThat(result.champion().model()).isEqualTo(FakeStages.INITIAL);
    assertThat(stages.reviewsClosed).as("nobody goes on answering for nothing").hasValue(1);
  }

  @Test
  void finishBeforeTheFirstStepOfARoundBeginsNone() {
    CampaignWorkflow campaign = server.fresh(FakeStages.CAMPAIGN);
    CampaignState secondRound = CampaignServer.secondRound(Amendment.NONE);

    // The message is handled before the run's own first step.
    WorkflowClient.executeUpdateWithStart(
        campaign::finish,
        UpdateOptions.<CampaignStatus>newBuilder().build(),
        new WithStartWorkflowOperation<>(campaign::run, secondRound));

    assertThat(result(campaign).outcome()).isEqualTo(CampaignOutcome.FINISHED);
    assertThat(stages.shardsPredicted).hasValue(0);
    assertThat(stages.trainings).isEmpty();
  }

  @Test
  void finishStopsATraining() throws Exception {
    stages.answersAtOnce = true;
    stages.trainForever = true;
    CampaignWorkflow campaign = server.begin(3, DeadlinePolicy.CLOSE);
    stages.training.await();

    campaign.finish();

    assertThat(result(campaign).outcome()).isEqualTo(CampaignOutcome.FINISHED);
  }
}
