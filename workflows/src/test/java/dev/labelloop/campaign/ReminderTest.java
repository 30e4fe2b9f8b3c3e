package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.core.RoundId;
import dev.labelloop.review.Reminder;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reviews that take days, in skipped time. */
@Timeout(60)
class ReminderTest {
  private static final RoundId ROUND = new RoundId(FakeStages.CAMPAIGN, 1);
  private static final Duration TERM = Duration.ofDays(3);

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
  void peopleAreRemindedEveryDayUntilTheyAreDone() throws Exception {
    CampaignWorkflow campaign = begin(Duration.ofDays(1));
    CampaignWorkflowTest.awaitReview(server, stages, ROUND);
    server.sleep(Duration.ofMinutes(50 * 60 + 30)); // between two looks
    campaign.completeReview(CampaignWorkflowTest.batch(1, 0));
    campaign.completeReview(CampaignWorkflowTest.batch(1, 1));

    assertThat(CampaignWorkflowTest.result(campaign).rounds()).isEqualTo(1);
    // after 24 and 48 h; the review has 72
    assertThat(stages.reminders).extracting(Reminder::number).containsExactly(1, 2);
    assertThat(stages.reminders)
        .allSatisfy(r -> assertThat(r.progress().openBatches()).isEqualTo(2));
  }

  @Test
  void remindersComeBetweenTheHourlyLooksToo() throws Exception {
    CampaignWorkflow campaign = begin(Duration.ofMinutes(25));
    CampaignWorkflowTest.awaitReview(server, stages, ROUND);
    server.sleep(Duration.ofMinutes(110));
    campaign.completeReview(CampaignWorkflowTest.batch(1, 0));
    campaign.completeReview(CampaignWorkflowTest.batch(1, 1));

    CampaignWorkflowTest.result(campaign);
    assertThat(stages.reminders).hasSize(4); // after 25, 50, 75, 100 min
  }

  @Test
  void aWeekOnHoldRemindsNobodyAndMovesTheDeadline() throws Exception {
    CampaignWorkflow campaign = begin(Duration.ofDays(1));
    CampaignWorkflowTest.awaitReview(server, stages, ROUND);
    Instant due = campaign.status().deadline();
    campaign.pause();
    server.sleep(Duration.ofDays(7));
    assertThat(stages.reminders).isEmpty();
    campaign.resume();
    Duration moved = Duration.between(due, campaign.status().deadline());
    assertThat(moved).isBetween(Duration.ofDays(7), Duration.ofDays(7).plusMinutes(5));

    // Nobody answers: after three days of their time the review closes with what is there.
    assertThat(CampaignWorkflowTest.result(campaign).rounds()).isEqualTo(1);
    assertThat(stages.reviewsClosed).hasValue(1);
    assertThat(stages.reminders).hasSize(2);
  }

  @Test
  void aChatThatIsDownHoldsNothingUp() {
    stages.remindersFail = true;

    assertThat(CampaignWorkflowTest.result(begin(Duration.ofDays(1))).rounds()).isEqualTo(1);
    assertThat(stages.reviewsClosed).hasValue(1);
  }

  private CampaignWorkflow begin(Duration every) {
    return CampaignWorkflowTest.begin(
        server, new LoopSettings(1, null, TERM, DeadlinePolicy.CLOSE, every));
  }
}
