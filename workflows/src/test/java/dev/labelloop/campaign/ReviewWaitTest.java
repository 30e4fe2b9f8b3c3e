package dev.labelloop.campaign;

import static dev.labelloop.campaign.CampaignServer.assertRefused;
import static dev.labelloop.campaign.CampaignServer.batch;
import static dev.labelloop.campaign.CampaignServer.complete;
import static dev.labelloop.campaign.CampaignServer.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.review.ReviewComplete;
import dev.labelloop.review.ReviewProgress;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowFailedException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends the wait for people: their messages, what the stores say, or the deadline. */
@Timeout(60)
class ReviewWaitTest {
  private final FakeStages stages = FakeStages.unanswered();
  @AutoClose private final CampaignServer server = new CampaignServer(stages);

  @Test
  void letsPeopleLabelTheHoldoutFirst() throws Exception {
    stages.holdoutToLabel = 20;
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(0);

    assertThat(campaign.status().round()).isZero();
    stages.answersAtOnce = true; // for round 1
    complete(campaign, 0);

    assertThat(result(campaign).rounds()).isEqualTo(1);
  }

  @Test
  void findsAnswersWhoseMessageWasLost() {
    stages.answeredFromCollect = 3; // the second look after publishing, hours later

    assertThat(result(server.begin(1, DeadlinePolicy.CLOSE)).outcome())
        .isEqualTo(CampaignOutcome.COMPLETED);
    assertThat(stages.closed).isEmpty();
    assertThat(stages.reviewsClosed).hasValue(0);
  }

  @Test
  void goesOnWithWhatIsThereAtTheDeadline() {
    assertThat(result(server.begin(1, DeadlinePolicy.CLOSE)).rounds()).isEqualTo(1);
    assertThat(stages.reviewsClosed).hasValue(1);
  }

  @Test
  void waitsAsLongAgainIfToldTo() {
    stages.answeredFromCollect = 100; // hourly looks: after the first deadline of 3 days

    assertThat(result(server.begin(1, DeadlinePolicy.EXTEND)).rounds()).isEqualTo(1);
    assertThat(stages.reviewsClosed).hasValue(0);
  }

  @Test
  void failsAtTheDeadlineIfToldTo() {
    assertThatThrownBy(() -> result(server.begin(3, DeadlinePolicy.FAIL)))
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .hasMessageContaining("2 of 2 batches are open")
        .hasMessageContaining(FinalFailure.REVIEW_OVERDUE);
  }

  @Test
  void signalsEndTheReviewBatchByBatch() throws Exception {
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.CLOSE);
    server.awaitReview(1);

    campaign.reviewComplete(batch(1, 1));
    campaign.reviewComplete(batch(1, 1)); // again
    campaign.reviewComplete(batch(7, 0)); // of a round to come
    campaign.reviewComplete(batch(1, 99)); // unknown
    campaign.reviewComplete(new ReviewComplete(new BatchId("other/r1/b0")));
    campaign.reviewComplete(batch(1, 0));

    assertThat(result(campaign).rounds()).isEqualTo(1);
    assertThat(stages.closed).containsExactly("street/r1/b1", "street/r1/b0");
  }

  @Test
  void aSignalBeforeTheSelectionClosesNothing() throws Exception {
    stages.holdoutToLabel = 20;
    CampaignWorkflow campaign = server.fresh(FakeStages.CAMPAIGN);
    LoopSettings settings = CampaignServer.settings(3, DeadlinePolicy.CLOSE);

    // The message is handled before the run's own first step.
    BatchRequest request = server.client().newSignalWithStartRequest();
    request.add(campaign::run, CampaignState.first(FakeStages.CAMPAIGN, settings, Amendment.NONE));
    request.add(campaign::reviewComplete, batch(0, 0));
    server.client().signalWithStart(request);
    server.awaitReview(0);
    campaign.completeReview(batch(0, 1));

    assertThat(stages.closed).containsExactly("street/r0/b1");
  }

  @Test
  void updatesAreCheckedAndAnswered() throws Exception {
    CampaignWorkflow campaign = server.begin(2, DeadlinePolicy.CLOSE);
    server.awaitReview(1);

    assertThat(campaign.completeReview(batch(1, 0)).openBatches()).isEqualTo(1);
    assertThat(campaign.completeReview(batch(1, 0)).openBatches()).isEqualTo(1); // no-op
    assertRefused(() -> campaign.completeReview(batch(2, 0)), "not under review");
    assertRefused(() -> campaign.completeReview(batch(1, 2)), "not under review");
    assertRefused(
        () -> campaign.completeReview(new ReviewComplete(new BatchId("other/r1/b0"))),
        "not of campaign");
    assertThat(campaign.completeReview(batch(1, 1)).openBatches()).isZero();
    server.awaitReview(2);
    assertThat(campaign.completeReview(batch(1, 1))).isEqualTo(new ReviewProgress(0, 0, 0, 0));
    assertThat(stages.closed).containsExactly("street/r1/b0", "street/r1/b1");
  }
}
