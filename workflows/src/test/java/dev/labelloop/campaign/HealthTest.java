package dev.labelloop.campaign;

import static dev.labelloop.campaign.CampaignServer.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.FinalFailure;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.SearchAttributes;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a campaign tells its health, on Temporal's in-memory server. */
@Timeout(60)
class HealthTest {
  private static final HealthNote RETRIES =
      new HealthNote(CampaignHealth.DEGRADED, "retries/PredictShard", "the disk is full");

  private final FakeStages stages = FakeStages.unanswered();
  @AutoClose private final CampaignServer server = new CampaignServer(stages);

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
    result(campaign);

    assertThat(attributes().get(Visibility.HEALTH)).isEqualTo("OK");
  }

  @Test
  void aFailureStandsInTheListAndAtTheHeadOfThePage() {
    stages.trainingFailure =
        ApplicationFailure.newNonRetryableFailure(
            "weights 'a.safetensors' break off: fetch them again", FinalFailure.BAD_MODEL);
    stages.answersAtOnce = true;
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);

    assertThatThrownBy(() -> result(campaign)).isInstanceOf(WorkflowFailedException.class);

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
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(1);
    return campaign;
  }

  private SearchAttributes attributes() {
    return server
        .client()
        .newUntypedWorkflowStub(FakeStages.CAMPAIGN.workflowId())
        .describe()
        .getTypedSearchAttributes();
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
    return server.events(FakeStages.CAMPAIGN.workflowId());
  }
}
