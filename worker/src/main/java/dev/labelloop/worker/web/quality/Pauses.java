package dev.labelloop.worker.web.quality;

import dev.labelloop.activities.review.quality.StandingRepository;
import dev.labelloop.activities.review.quality.StandingRepository.Standing;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.web.review.Admission;
import java.util.Optional;

/** Keeps those out who are paused. */
public final class Pauses implements Admission {
  private final StandingRepository standings;

  public Pauses(StandingRepository standings) {
    this.standings = standings;
  }

  @Override
  public Optional<String> refusal(CampaignName campaign, String person) {
    return standings
        .of(campaign, person)
        .filter(Standing::paused)
        .map(
            standing ->
                person
                    + " is paused in campaign '"
                    + campaign
                    + "': "
                    + standing.reason()
                    + "; an OPERATOR can undo it");
  }
}
