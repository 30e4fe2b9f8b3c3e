package dev.labelloop.campaign;

import static dev.labelloop.campaign.CampaignServer.batch;
import static dev.labelloop.campaign.CampaignServer.complete;
import static dev.labelloop.campaign.CampaignServer.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.prediction.GroupProgress;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Messages that come when nobody expects them, or say what cannot be. */
@Timeout(60)
class StrayMessageTest {
  private final FakeStages stages = FakeStages.unanswered();
  @AutoClose private final CampaignServer server = new CampaignServer(stages);

  @Test
  void aWordWhileImagesAreStillSelectedClosesNoBatchUnseen() throws Exception {
    stages.selectForever = true;
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    stages.selecting.await();
    campaign.reviewComplete(batch(1, 0));
    stages.selectForever = false;
    server.awaitReview(1);

    assertThat(stages.closed).isEmpty();
    complete(campaign, 1);
    assertThat(result(campaign).rounds()).isEqualTo(1);
  }

  @Test
  void aReportOfMoreShardsThanThereAreHarmsNobody() throws Exception {
    stages.answersAtOnce = true;
    stages.predictForever = true;
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    stages.predicting.await();
    campaign.groupProgress(new GroupProgress(1, 0, 1_000_000));
    campaign.groupProgress(new GroupProgress(1, 0, -1));
    stages.predictForever = false;

    assertThat(result(campaign).rounds()).isEqualTo(1);
  }

  @Test
  void finishTakesBatchesBackThatAreSelectedAndNotYetPublished() throws Exception {
    stages.selectForever = true;
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    stages.selecting.await();
    campaign.pause();
    stages.selectForever = false;
    awaitHold();

    campaign.finish();

    assertThat(result(campaign).outcome()).isEqualTo(CampaignOutcome.FINISHED);
    assertThat(stages.reviewsClosed).hasValue(1);
  }

  /** The selection is stored, and the campaign rests: a person holds it. */
  private void awaitHold() throws InterruptedException {
    while (stages.selections.isEmpty() || !rests()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private boolean rests() {
    List<HistoryEvent> events = server.events(FakeStages.CAMPAIGN.workflowId());
    int n = events.size();
    return events.get(n - 1).getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED
        && events.get(n - 4).getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED;
  }
}
