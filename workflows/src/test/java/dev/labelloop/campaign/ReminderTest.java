package dev.labelloop.campaign;

import static dev.labelloop.campaign.CampaignServer.complete;
import static dev.labelloop.campaign.CampaignServer.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.review.Reminder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reviews that take days, in skipped time. */
@Timeout(60)
class ReminderTest {
  private final FakeStages stages = FakeStages.unanswered();
  @AutoClose private final CampaignServer server = new CampaignServer(stages);

  @Test
  void peopleAreRemindedEveryDayUntilTheyAreDone() throws Exception {
    CampaignWorkflow campaign = begin(Duration.ofDays(1));
    server.awaitReview(1);
    server.sleep(Duration.ofMinutes(50 * 60 + 30)); // between two looks
    complete(campaign, 1);

    assertThat(result(campaign).rounds()).isEqualTo(1);
    // after 24 and 48 h; the review has 72
    assertThat(stages.reminders).extracting(Reminder::number).containsExactly(1, 2);
    assertThat(stages.reminders)
        .allSatisfy(r -> assertThat(r.progress().openBatches()).isEqualTo(2));
  }

  @Test
  void remindersComeBetweenTheHourlyLooksToo() throws Exception {
    CampaignWorkflow campaign = begin(Duration.ofMinutes(25));
    server.awaitReview(1);
    server.sleep(Duration.ofMinutes(110));
    complete(campaign, 1);

    result(campaign);
    assertThat(stages.reminders).hasSize(4); // after 25, 50, 75, 100 min
  }

  @Test
  void aWeekOnHoldRemindsNobodyAndMovesTheDeadline() throws Exception {
    CampaignWorkflow campaign = begin(Duration.ofDays(1));
    server.awaitReview(1);
    Instant due = campaign.status().deadline();
    campaign.pause();
    server.sleep(Duration.ofDays(7));
    assertThat(stages.reminders).isEmpty();
    campaign.resume();
    Duration moved = Duration.between(due, campaign.status().deadline());
    assertThat(moved).isBetween(Duration.ofDays(7), Duration.ofDays(7).plusMinutes(5));

    // Nobody answers: after three days of their time the review closes with what is there.
    assertThat(result(campaign).rounds()).isEqualTo(1);
    assertThat(stages.reviewsClosed).hasValue(1);
    assertThat(stages.reminders).hasSize(2);
  }

  @Test
  void aChatThatIsDownHoldsNothingUp() {
    stages.remindersFail = true;

    assertThat(result(begin(Duration.ofDays(1))).rounds()).isEqualTo(1);
    assertThat(stages.reviewsClosed).hasValue(1);
  }

  private CampaignWorkflow begin(Duration every) {
    return server.begin(
        FakeStages.CAMPAIGN,
        new LoopSettings(1, null, Duration.ofDays(3), DeadlinePolicy.CLOSE, every));
  }
}
