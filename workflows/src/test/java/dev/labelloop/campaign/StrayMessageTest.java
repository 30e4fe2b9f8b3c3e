package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.RoundId;
import dev.labelloop.prediction.GroupProgress;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that come when nobody expects them, or say what cannot be. */
@Timeout(60)
class StrayMessageTest {
  private static final RoundId ROUND = new RoundId(FakeStages.CAMPAIGN, 1);

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
  void aWordWhileImagesAreStillSelectedClosesNoBatchUnseen() throws Exception {
    stages.selectForever = true;
    CampaignWorkflow campaign = begin();
    stages.selecting.await();
    campaign.reviewComplete(CampaignWorkflowTest.batch(1, 0));
    stages.selectForever = false;
    CampaignWorkflowTest.awaitReview(server, stages, ROUND);

    assertThat(stages.closed).isEmpty();
    campaign.completeReview(CampaignWorkflowTest.batch(1, 0));
    campaign.completeReview(CampaignWorkflowTest.batch(1, 1));
    assertThat(CampaignWorkflowTest.result(campaign).rounds()).isEqualTo(1);
  }

  @Test
  void aReportOfMoreShardsThanThereAreHarmsNobody() throws Exception {
    stages.answersAtOnce = true;
    stages.predictForever = true;
    CampaignWorkflow campaign = begin();
    stages.predicting.await();
    campaign.groupProgress(new GroupProgress(1, 0, 1_000_000));
    campaign.groupProgress(new GroupProgress(1, 0, -1));
    stages.predictForever = false;

    assertThat(CampaignWorkflowTest.result(campaign).rounds()).isEqualTo(1);
  }

  @Test
  void finishTakesBatchesBackThatAreSelectedAndNotYetPublished() throws Exception {
    stages.selectForever = true;
    CampaignWorkflow campaign = begin();
    stages.selecting.await();
    campaign.pause();
    stages.selectForever = false;
    awaitHold();

    campaign.finish();

    assertThat(CampaignWorkflowTest.result(campaign).outcome()).isEqualTo(CampaignOutcome.FINISHED);
    assertThat(stages.reviewsClosed).hasValue(1);
  }

  /** The selection is stored, and the campaign rests: a person holds it. */
  private void awaitHold() throws InterruptedException {
    while (stages.selections.isEmpty() || !rests()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean rests() {
    List<HistoryEvent> events =
        server.getWorkflowClient().fetchHistory(FakeStages.CAMPAIGN.workflowId()).getEvents();
    int n = events.size();
    return events.get(n - 1).getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
        && events.get(n - 4).getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED;
  }

  private CampaignWorkflow begin() {
    return CampaignWorkflowTest.begin(
        server,
        new LoopSettings(1, null, Duration.ofDays(3), DeadlinePolicy.CLOSE, Duration.ofDays(1)));
  }
}
