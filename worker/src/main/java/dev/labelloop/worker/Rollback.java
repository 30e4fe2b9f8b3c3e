package dev.labelloop.worker;

import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.ReportRepository;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.RollBackRequest;
import dev.labelloop.worker.client.Campaigns;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the champion before the present one champion again, of running and of ended campaigns. */
public final class Rollback {
  private final Campaigns campaigns;
  private final ChampionRepository champions;
  private final ReportRepository reports;

  public Rollback(Campaigns campaigns, ChampionRepository champions, ReportRepository reports) {
    this.campaigns = campaigns;
    this.champions = champions;
    this.reports = reports;
  }

  /**
   * One step back.
   *
   * @return the champion from now on
   * @throws BadInputException if there is none before the present one
   */
  public Champion of(CampaignName campaign) {
    Champion champion =
        campaigns.isOpen(campaign) ? campaigns.rollBack(campaign).champion() : ofEnded(campaign);
    if (champion == null) {
      throw new BadInputException(
          "campaign '"
              + campaign
              + "' has no champion before the present one: see 'campaign report'");
    }
    return champion;
  }

  private @Nullable Champion ofEnded(CampaignName campaign) {
    List<CampaignReport.Round> rounds = reports.rounds(campaign);
    if (rounds.isEmpty()) {
      throw new BadInputException("campaign '" + campaign + "' has no champion yet");
    }
    RoundId newest = new RoundId(campaign, rounds.get(rounds.size() - 1).round());
    return champions
        .rollBack(new RollBackRequest(newest, UUID.randomUUID().toString()))
        .orElse(null);
  }
}
