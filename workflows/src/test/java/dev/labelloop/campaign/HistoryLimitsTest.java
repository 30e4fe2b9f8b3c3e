package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.review.ReviewComplete;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a campaign leaves on the server. The in-memory server has none of a real one's limits, so
 * they are asserted here, far below them: 2 MB a payload, and 4,096 events, at which a real server
 * asks to continue as new.
 */
@Timeout(60)
class HistoryLimitsTest {
  private static final int PAYLOAD_BYTES = 2048;
  private static final int EVENTS = 4096;

  /** As long as a name can be. */
  private static final CampaignName NAME = new CampaignName("n".repeat(64));

  private static final RoundId ROUND = new RoundId(NAME, 1);

  private final FakeStages stages = FakeStages.unanswered();
  @AutoClose private final CampaignServer server = new CampaignServer(stages);

  @Test
  void everyRunOfALargeCampaignIsSmall() {
    stages.shards = PredictionStage.GROUP + 1; // a full group, and the begin of another
    stages.answeredFromCollect = 24 * 8; // hourly looks: round 1 waits for more than a week

    CampaignServer.result(begin(2));

    // 3 runs of the campaign; rounds 1 and 2 have 2 groups and 1 training each: 3 + 2 · 3
    assertThat(family()).hasSize(9).allSatisfy(HistoryLimitsTest::isSmall);
  }

  @Test
  void messagesAndTheirAnswersAreSmall() throws Exception {
    CampaignWorkflow campaign = begin(1);
    server.awaitReview(ROUND);
    campaign.pause();
    campaign.resume();
    campaign.amend(new Amendment(0.05, Duration.ofDays(1), 0.9, 1));
    campaign.completeReview(new ReviewComplete(ROUND.batch(0)));
    campaign.reviewComplete(new ReviewComplete(ROUND.batch(1)));
    CampaignServer.result(campaign);

    // 2 runs of the campaign, 1 group, 1 training
    assertThat(family()).hasSize(4).allSatisfy(HistoryLimitsTest::isSmall);
  }

  private CampaignWorkflow begin(int rounds) {
    LoopSettings settings =
        new LoopSettings(
            rounds, 0.99, Duration.ofDays(3), DeadlinePolicy.EXTEND, Duration.ofDays(1));
    return server.begin(NAME, settings);
  }

  private List<WorkflowExecutionHistory> family() {
    return Histories.family(server.client(), NAME.workflowId());
  }

  private static void isSmall(WorkflowExecutionHistory run) {
    String name = run.getWorkflowExecution().getWorkflowId();
    assertThat(run.getEvents()).as(name).hasSizeBetween(5, EVENTS - 1);
    assertThat(run.getEvents()).as(name).allSatisfy(HistoryLimitsTest::hasSmallPayloads);
    assertThat(run.getEvents().get(0)).as(name).satisfies(HistoryLimitsTest::hasPayloads);
  }

  /** So that a search that finds none is not taken for small ones. */
  private static void hasPayloads(HistoryEvent begin) {
    assertThat(Histories.payloads(begin)).isNotEmpty();
  }

  private static void hasSmallPayloads(HistoryEvent event) {
    assertThat(Histories.payloads(event))
        .as(event.getEventType().name())
        .allSatisfy(p -> assertThat(p.getSerializedSize()).isLessThan(PAYLOAD_BYTES));
  }
}
