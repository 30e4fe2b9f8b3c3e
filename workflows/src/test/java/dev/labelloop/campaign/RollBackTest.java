package dev.labelloop.campaign;

import static dev.labelloop.campaign.CampaignServer.assertRefused;
import static dev.labelloop.campaign.CampaignServer.complete;
import static dev.labelloop.campaign.CampaignServer.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.evaluation.RoundRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Taking a champion back on Temporal's in-memory server; the stages are hand-made. */
@Timeout(60)
class RollBackTest {
  private final FakeStages stages = FakeStages.unanswered();
  @AutoClose private final CampaignServer server = new CampaignServer(stages);

  @Test
  void theNextChallengerMeetsTheChampionThatCameBack() throws Exception {
    stages.maps = new double[] {0.3, 0.25}; // the second beats the initial 0.1, not the first
    CampaignWorkflow campaign = server.begin(2, DeadlinePolicy.EXTEND);
    server.awaitReview(1);
    complete(campaign, 1);
    server.awaitReview(2);

    CampaignStatus status = campaign.rollBack();

    assertThat(status.champion().model()).isEqualTo(FakeStages.INITIAL);
    complete(campaign, 2);
    assertThat(result(campaign).champion().model()).isEqualTo(FakeStages.challenger(2));
    assertThat(stages.records).extracting(RoundRecord::promoted).containsExactly(false, true, true);
  }

  @Test
  void itLastsOverTheEndOfARun() throws Exception {
    stages.maps = new double[] {0.3, 0.05};
    CampaignWorkflow campaign = server.begin(2, DeadlinePolicy.EXTEND);
    server.awaitReview(1);
    complete(campaign, 1);
    server.awaitReview(2);
    campaign.rollBack();
    complete(campaign, 2);

    assertThat(result(campaign).champion().model()).isEqualTo(FakeStages.INITIAL);
  }

  @Test
  void beforeTheFirstPromotionThereIsNothingToGoBackTo() throws Exception {
    CampaignWorkflow campaign = server.begin(1, DeadlinePolicy.EXTEND);
    server.awaitReview(1);

    assertRefused(campaign::rollBack, "there was no champion before " + FakeStages.INITIAL);
    assertThat(campaign.status().champion().model()).isEqualTo(FakeStages.INITIAL);
  }
}
