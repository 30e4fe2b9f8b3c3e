package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people change of a running campaign, at any moment. People do not answer unasked here. */
@Timeout(60)
class AmendTest {
  private static final Duration DEADLINE = Duration.ofDays(3);

  private final FakeStages stages = new FakeStages();
  private TestWorkflowEnvironment server;
  private DeadlinePolicy onDeadline = DeadlinePolicy.CLOSE;

  @BeforeEach
  void start() {
    stages.answersAtOnce = false;
    server = CampaignWorkflowTest.startServer(stages);
  }

  @AfterEach
  void stop() {
    stages.predictForever = false;
    server.close();
  }

  @Test
  void aShorterDeadlineEndsTheReviewSooner() throws Exception {
    CampaignWorkflow campaign = begin(1);
    awaitReview(1);
    Instant before = campaign.status().deadline();

    Instant after = campaign.amend(deadline(Duration.ofDays(1))).deadline();

    assertThat(after).isEqualTo(before.minus(Duration.ofDays(2)));
    result(campaign);
    assertThat(stages.reviewsClosed).hasValue(1);
    assertThat(stages.collects.get()).as("hourly looks of one day").isLessThan(2 * 24);
  }

  @Test
  void aLongerDeadlineLeavesPeopleTheirTime() throws Exception {
    stages.answeredFromCollect = 4 * 24; // hourly looks: a day after the first deadline
    CampaignWorkflow campaign = begin(1);
    awaitReview(1);

    campaign.amend(deadline(Duration.ofDays(10)));

    result(campaign);
    assertThat(stages.reviewsClosed).hasValue(0);
  }

  @Test
  void aDeadlineThatHasPassedEndsTheReviewNow() throws Exception {
    CampaignWorkflow campaign = begin(1);
    awaitReview(1);
    server.sleep(Duration.ofMinutes(30 * 60 + 30)); // between two looks
    int looks = stages.collects.get();

    campaign.amend(deadline(Duration.ofDays(1)));

    result(campaign);
    assertThat(stages.reviewsClosed).hasValue(1);
    assertThat(stages.collects).hasValue(looks);
  }

  @Test
  void aPauseMovesAnAmendedDeadlineToo() throws Exception {
    CampaignWorkflow campaign = begin(1);
    awaitReview(1);
    campaign.pause();
    Instant amended = campaign.amend(deadline(Duration.ofDays(5))).deadline();
    server.sleep(Duration.ofHours(7));

    assertThat(campaign.resume().deadline())
        .isBetween(amended.plus(Duration.ofHours(7)), amended.plus(Duration.ofHours(8)));
  }

  @Test
  void anExtensionIsAsLongAsAmended() throws Exception {
    onDeadline = DeadlinePolicy.EXTEND;
    CampaignWorkflow campaign = begin(1);
    awaitReview(1);
    Instant first = campaign.amend(deadline(Duration.ofDays(1))).deadline();
    server.sleep(Duration.ofHours(30)); // over the deadline

    assertThat(campaign.status().deadline())
        .isCloseTo(first.plus(Duration.ofDays(1)), within(1, ChronoUnit.SECONDS));
  }

  @Test
  void aReachedTargetEndsTheCampaignAfterTheRound() throws Exception {
    CampaignWorkflow campaign = begin(3);
    awaitReview(1);

    campaign.amend(new Amendment(null, null, 0.1, null)); // the initial model has it

    CampaignResult result = result(campaign);
    assertThat(result.outcome()).isEqualTo(CampaignOutcome.TARGET_REACHED);
    assertThat(result.rounds()).isEqualTo(1);
  }

  @Test
  void moreRoundsFollowAndKeepWhatWasAmended() throws Exception {
    CampaignWorkflow campaign = begin(1);
    awaitReview(1);
    Amendment amendment = new Amendment(0.05, Duration.ofDays(1), 0.9, 2);
    campaign.amend(amendment);
    complete(campaign, 1);
    awaitReview(2);

    CampaignStatus status = campaign.status();
    assertThat(status.amended()).isEqualTo(amendment);
    assertThat(status.maxRounds()).isEqualTo(2);
    assertThat(stages.amendedBefore).containsExactly(0, 1);
    Duration left =
        Duration.between(Instant.ofEpochMilli(server.currentTimeMillis()), status.deadline());
    assertThat(left).isBetween(Duration.ofHours(23), Duration.ofHours(24));
    complete(campaign, 2);
    assertThat(result(campaign).rounds()).isEqualTo(2);
  }

  @Test
  void whilePredictingItCountsForTheSelectionToCome() throws Exception {
    stages.answersAtOnce = true;
    stages.predictForever = true;
    CampaignWorkflow campaign = begin(3);
    stages.predicting.await();

    assertThat(campaign.amend(new Amendment(0.05, null, null, 1)).amended().budget())
        .isEqualTo(0.05);
    stages.predictForever = false;

    assertThat(result(campaign).rounds()).isEqualTo(1);
    assertThat(stages.amendments).hasSize(1);
    assertThat(stages.amendedBefore).containsExactly(1);
  }

  @Test
  void beforeTheFirstStepOfARoundItCountsForThatRound() {
    stages.answersAtOnce = true;
    Champion champion = new Champion(FakeStages.challenger(1), new HoldoutScore(0.25, 0.5), true);
    CampaignState secondRound =
        new CampaignState(
            FakeStages.CAMPAIGN,
            settings(3),
            2,
            null,
            FakeStages.INITIAL,
            champion,
            false,
            new Amendment(0.05, null, null, null));
    CampaignWorkflow campaign =
        server
            .getWorkflowClient()
            .newWorkflowStub(
                CampaignWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(FakeStages.CAMPAIGN.workflowId())
                    .setTaskQueue(TaskQueues.CAMPAIGN)
                    .setWorkflowIdConflictPolicy(
                        WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                    .build());

    // The message is handled before the run's own first step.
    CampaignStatus status =
        WorkflowClient.executeUpdateWithStart(
            campaign::amend,
            new Amendment(null, null, 0.2, null),
            UpdateOptions.<CampaignStatus>newBuilder().build(),
            new WithStartWorkflowOperation<>(campaign::run, secondRound));

    assertThat(status.amended()).isEqualTo(new Amendment(0.05, null, 0.2, null));
    CampaignResult result = result(campaign);
    assertThat(result.outcome()).isEqualTo(CampaignOutcome.TARGET_REACHED);
    assertThat(result.rounds()).isEqualTo(2);
  }

  @Test
  void twiceTheSameIsStoredOnce() throws Exception {
    CampaignWorkflow campaign = begin(2);
    awaitReview(1);
    Amendment amendment = new Amendment(0.05, Duration.ofDays(1), null, null);

    CampaignStatus first = campaign.amend(amendment);

    assertThat(campaign.amend(amendment)).isEqualTo(first);
    campaign.amend(new Amendment(0.05, null, null, null)); // said before
    complete(campaign, 1);
    awaitReview(2);
    campaign.amend(amendment); // in another run
    assertThat(stages.amendments).containsExactly(amendment);
  }

  @Test
  void badOnesAreRefusedAndLeaveNothing() throws Exception {
    CampaignWorkflow campaign = begin(2);
    awaitReview(1);
    complete(campaign, 1);
    awaitReview(2);

    refused(campaign, Amendment.NONE, "nothing to amend");
    refused(campaign, new Amendment(5.0, null, null, null), "budget is 5.0, must be a share");
    refused(
        campaign, new Amendment(null, null, null, 1), "rounds is 1, but round 2 has begun: say 2");
    assertThatThrownBy(
            () ->
                WorkflowStub.fromTyped(campaign)
                    .update("amend", CampaignStatus.class, Map.of("budget", "a lot")))
        .isInstanceOf(WorkflowException.class);
    assertThat(stages.amendments).isEmpty();
    assertThat(campaign.status().amended()).isEqualTo(Amendment.NONE);
  }

  @Test
  void aFinishedCampaignTakesNone() throws Exception {
    CampaignWorkflow campaign = begin(1);
    awaitReview(1);
    campaign.finish();
    result(campaign);

    assertThatThrownBy(() -> campaign.amend(new Amendment(0.05, null, null, null)))
        .isInstanceOf(WorkflowException.class);
    assertThat(stages.amendments).isEmpty();
  }

  @Test
  void theWebUiTellsWhatWasAmended() {
    Champion champion = new Champion(FakeStages.INITIAL, new HoldoutScore(0.25, 0.5), true);
    CampaignStatus status =
        new CampaignStatus(
            FakeStages.CAMPAIGN,
            CampaignPhase.SELECTING,
            1,
            5,
            0,
            0,
            null,
            null,
            champion,
            false,
            new Amendment(0.05, null, 0.6, null),
            HealthNote.OK);

    assertThat(Visibility.details(new Visibility.View(status, 0.6, champion, null)))
        .contains("| amended | budget 5%, target mAP 0.6 |", "(target 0.600)");
  }

  private CampaignWorkflow begin(int rounds) {
    return CampaignWorkflowTest.begin(server, settings(rounds));
  }

  private LoopSettings settings(int rounds) {
    return new LoopSettings(rounds, null, DEADLINE, onDeadline, Duration.ofDays(1));
  }

  private void awaitReview(int round) throws InterruptedException {
    CampaignWorkflowTest.awaitReview(server, stages, new RoundId(FakeStages.CAMPAIGN, round));
  }

  private static CampaignResult result(CampaignWorkflow campaign) {
    return CampaignWorkflowTest.result(campaign);
  }

  private static Amendment deadline(Duration deadline) {
    return new Amendment(null, deadline, null, null);
  }

  private static void complete(CampaignWorkflow campaign, int round) {
    for (int batch : List.of(0, 1)) {
      campaign.completeReview(CampaignWorkflowTest.batch(round, batch));
    }
  }

  private static void refused(CampaignWorkflow campaign, Amendment amendment, String why) {
    assertThatThrownBy(() -> campaign.amend(amendment))
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .hasMessageContaining(why);
  }
}
