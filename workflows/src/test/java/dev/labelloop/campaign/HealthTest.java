package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.RoundId;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a campaign tells its health, on Temporal's in-memory server. */
@Timeout(60)
class HealthTest {
  private static final HealthNote RETRIES =
      new HealthNote(CampaignHealth.DEGRADED, "retries/PredictShard", "the disk is full");

  private final FakeStages stages = new FakeStages();
  private TestWorkflowEnvironment server;

  @BeforeEach
  void start() {
    server = CampaignWorkflowTest.startServer(stages);
    stages.answersAtOnce = false;
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void showsWhatAWorkerSawAndThatItIsOver() throws Exception {
    CampaignWorkflow campaign = beginAndAwaitReview();
    assertThat(campaign.status().health()).isEqualTo(HealthNote.OK);

    campaign.health(RETRIES);

    assertThat(campaign.status().health()).isEqualTo(RETRIES);
    assertThat(campaign.seenHealth()).isEqualTo(new SeenHealth(RETRIES, 1));
    assertThat(attributes().get(Visibility.HEALTH)).isEqualTo("DEGRADED");
    assertThat(attributes().get(Visibility.HEALTH_REASON)).isEqualTo("the disk is full");

    campaign.health(HealthNote.OK);

    assertThat(campaign.status().health()).isEqualTo(HealthNote.OK);
    assertThat(attributes().get(Visibility.HEALTH)).isEqualTo("OK");
    assertThat(attributes().containsKey(Visibility.HEALTH_REASON)).isFalse();
  }

  @Test
  void theSameWordAgainChangesNothing() throws Exception {
    CampaignWorkflow campaign = beginAndAwaitReview();

    for (int i = 0; i < 3; i++) {
      campaign.health(RETRIES);
    }
    campaign.health(null);

    assertThat(campaign.seenHealth().changes()).isEqualTo(1);
    // At the begin, and with the one piece of news; not at each signal.
    assertThat(upsertsWithHealth()).isEqualTo(2);
  }

  @Test
  void aHeldCampaignIsBlockedByAPerson() throws Exception {
    CampaignWorkflow campaign = beginAndAwaitReview();
    campaign.health(RETRIES);

    assertThat(campaign.pause().health().level()).isEqualTo(CampaignHealth.BLOCKED);
    assertThat(attributes().get(Visibility.HEALTH_REASON)).startsWith("held by a person");
    assertThat(campaign.seenHealth().note()).isEqualTo(RETRIES);
    assertThat(campaign.resume().health()).isEqualTo(RETRIES);
  }

  @Test
  void theEndIsWellEvenIfSomethingWasSeenBefore() throws Exception {
    CampaignWorkflow campaign = beginAndAwaitReview();
    campaign.health(RETRIES);
    campaign.finish();
    CampaignWorkflowTest.result(campaign);

    assertThat(attributes().get(Visibility.HEALTH)).isEqualTo("OK");
  }

  @Test
  void aFailureStandsInTheListAndAtTheHeadOfThePage() {
    stages.trainingFailure =
        ApplicationFailure.newNonRetryableFailure(
            "weights 'a.safetensors' break off: fetch them again", FinalFailure.BAD_MODEL);
    stages.answersAtOnce = true;
    CampaignWorkflow campaign = begin();

    assertThatThrownBy(() -> CampaignWorkflowTest.result(campaign))
        .isInstanceOf(WorkflowFailedException.class);

    assertThat(attributes().get(Visibility.HEALTH)).isEqualTo("BLOCKED");
    assertThat(attributes().get(Visibility.HEALTH_REASON))
        .isEqualTo("weights 'a.safetensors' break off: fetch them again");
    List<HistoryEvent> events = events();
    var failure =
        events.get(events.size() - 1).getWorkflowExecutionFailedEventAttributes().getFailure();
    assertThat(failure.getMessage())
        .isEqualTo("weights 'a.safetensors' break off: fetch them again");
    assertThat(failure.getApplicationFailureInfo().getType()).isEqualTo(FinalFailure.BAD_MODEL);
  }

  private CampaignWorkflow beginAndAwaitReview() throws InterruptedException {
    CampaignWorkflow campaign = begin();
    CampaignWorkflowTest.awaitReview(server, stages, new RoundId(FakeStages.CAMPAIGN, 1));
    return campaign;
  }

  private CampaignWorkflow begin() {
    return CampaignWorkflowTest.begin(
        server,
        new LoopSettings(1, null, Duration.ofDays(3), DeadlinePolicy.CLOSE, Duration.ofDays(1)));
  }

  private SearchAttributes attributes() {
    WorkflowExecutionMetadata run =
        WorkflowStub.fromTyped(
                server
                    .getWorkflowClient()
                    .newWorkflowStub(CampaignWorkflow.class, FakeStages.CAMPAIGN.workflowId()))
            .describe();
    return run.getTypedSearchAttributes();
  }

  private long upsertsWithHealth() {
    return events().stream()
        .filter(
            e ->
                e.getEventType() == EventType.EVENT_TYPE_UPSERT_WORKFLOW_SEARCH_ATTRIBUTES
                    && e.getUpsertWorkflowSearchAttributesEventAttributes()
                        .getSearchAttributes()
                        .containsIndexedFields(Visibility.HEALTH.getName()))
        .count();
  }

  private List<HistoryEvent> events() {
    return server.getWorkflowClient().fetchHistory(FakeStages.CAMPAIGN.workflowId()).getEvents();
  }
}
