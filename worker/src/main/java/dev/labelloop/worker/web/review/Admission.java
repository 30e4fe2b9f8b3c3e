package dev.labelloop.worker.web.review;

import dev.labelloop.core.CampaignName;
import java.util.Optional;

/** Who may answer a campaign's images now. */
@FunctionalInterface
public interface Admission {
  /** Keeps nobody out. */
  Admission EVERYBODY = (campaign, person) -> Optional.empty();

  /** Why a person may not answer now, in one sentence for them; empty if they may. */
  Optional<String> refusal(CampaignName campaign, String person);
}
