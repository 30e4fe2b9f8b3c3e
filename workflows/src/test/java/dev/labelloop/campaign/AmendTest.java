package dev.labelloop.campaign;

import static dev.labelloop.campaign.CampaignServer.assertRefused;
import static dev.labelloop.campaign.CampaignServer.complete;
import static dev.labelloop.campaign.CampaignServer.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people change of a running campaign, at any moment. People do not answer unasked here. */
@Timeout(60)
class AmendTest {
  private final FakeStages stages = FakeStages.unanswered();
  @AutoClose private final CampaignServer server = new CampaignServer(stages);

  @Test
  void aShorterDeadlineEndsTheReviewSooner() throws Exception {
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(1);
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
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(1);

    campaign.amend(deadline(Duration.ofDays(10)));

    result(campaign);
    assertThat(stages.reviewsClosed).hasValue(0);
  }

  @Test
  void aDeadlineThatHasPassedEndsTheReviewNow() throws Exception {
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(1);
    server.sleep(Duration.ofMinutes(30 * 60 + 30)); // between two looks
    int looks = stages.collects.get();

    campaign.amend(deadline(Duration.ofDays(1)));

    result(campaign);
    assertThat(stages.reviewsClosed).hasValue(1);
    assertThat(stages.collects).hasValue(looks);
  }

  @Test
  void aPauseMovesAnAmendedDeadlineToo() throws Exception {
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(1);
    campaign.pause();
    Instant amended = campaign.amend(deadline(Duration.ofDays(5))).deadline();
    server.sleep(Duration.ofHours(7));

    assertThat(campaign.resume().deadline())
        .isBetween(amended.plus(Duration.ofHours(7)), amended.plus(Duration.ofHours(8)));
  }

  @Test
  void anExtensionIsAsLongAsAmended() throws Exception {
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.EXTEND);
    server.awaitReview(1);
    Instant first = campaign.amend(deadline(Duration.ofDays(1))).deadline();
    server.sleep(Duration.ofHours(30)); // over the deadline

    assertThat(campaign.status().deadline())
        .isCloseTo(first.plus(Duration.ofDays(1)), within(1, ChronoUnit.SECONDS));
  }

  @Test
  void aReachedTargetEndsTheCampaignAfterTheRound() throws Exception {
    CampaignWorkflow campaign = server.begin(3, DeadlinePolicy.CLOSE);
    server.awaitReview(1);

    campaign.amend(new Amendment(null, null, 0.1, null)); // the initial model has it

    CampaignResult result = result(campaign);
    assertThat(result.outcome()).isEqualTo(CampaignOutcome.TARGET_REACHED);
    assertThat(result.rounds()).isEqualTo(1);
  }

  @Test
  void moreRoundsFollowAndKeepWhatWasAmended() throws Exception {
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(1);
    Amendment amendment = new Amendment(0.05, Duration.ofDays(1), 0.9, 2);
    campaign.amend(amendment);
    complete(campaign, 1);
    server.awaitReview(2);

    CampaignStatus status = campaign.status();
    assertThat(status.amended()).isEqualTo(amendment);
    assertThat(status.maxRounds()).isEqualTo(2);
    assertThat(stages.amendedBefore).containsExactly(0, 1);
    Duration left = Duration.between(server.now(), status.deadline());
    assertThat(left).isBetween(Duration.ofHours(23), Duration.ofHours(24));
    complete(campaign, 2);
    assertThat(result(campaign).rounds()).isEqualTo(2);
  }

  @Test
  void whilePredictingItCountsForTheSelectionToCome() throws Exception {
    stages.answersAtOnce = true;
    stages.predictForever = true;
    CampaignWorkflow campaign = server.begin(3, DeadlinePolicy.CLOSE);
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
    CampaignWorkflow campaign = server.fresh(FakeStages.CAMPAIGN);
    CampaignState secondRound = CampaignServer.secondRound(new Amendment(0.05, null, null, null));

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
    CampaignWorkflow campaign = server.begin(2, DeadlinePolicy.CLOSE);
    server.awaitReview(1);
    Amendment amendment = new Amendment(0.05, Duration.ofDays(1), null, null);

    CampaignStatus first = campaign.amend(amendment);

    assertThat(campaign.amend(amendment)).isEqualTo(first);
    campaign.amend(new Amendment(0.05, null, null, null)); // said before
    complete(campaign, 1);
    server.awaitReview(2);
    campaign.amend(amendment); // in another run
    assertThat(stages.amendments).containsExactly(amendment);
  }

  @Test
  void badOnesAreRefusedAndLeaveNothing() throws Exception {
    CampaignWorkflow campaign = server.begin(2, DeadlinePolicy.CLOSE);
    server.awaitReview(1);
    complete(campaign, 1);
    server.awaitReview(2);

    assertRefused(() -> campaign.amend(Amendment.NONE), "nothing to amend");
    assertRefused(
        () -> campaign.amend(new Amendment(5.0, null, null, null)),
        "budget is 5.0, must be a share");
    assertRefused(
        () -> campaign.amend(new Amendment(null, null, null, 1)),
        "rounds is 1, but round 2 has begun: say 2");
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
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(1);
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

  private static Amendment deadline(Duration deadline) {
    return new Amendment(null, deadline, null, null);
  }
}
