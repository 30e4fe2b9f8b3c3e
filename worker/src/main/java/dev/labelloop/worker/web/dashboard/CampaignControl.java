package dev.labelloop.worker.web.dashboard;

import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.CampaignSummary;
import dev.labelloop.worker.web.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a dashboard asks of running campaigns. Every method throws {@link Refusal} where nobody
 * answers, and {@link BadInputException} where the campaign refuses or is not there.
 */
public interface CampaignControl {
  /** Every campaign on the Temporal server, the newest first. */
  List<CampaignSummary> list();

  /** Where a campaign is; safe for use by many threads. */
  CampaignProgress look(CampaignName campaign);

  /** Its page in the Temporal Web UI; null if that is not known. */
  @Nullable String page(CampaignName campaign);

  /** Holds it. */
  void pause(CampaignName campaign);

  /** Lets it go on. */
  void resume(CampaignName campaign);

  /** Changes what is left of it. */
  void amend(CampaignName campaign, Amendment amendment);

  /** Ends it with the champion it has. */
  void finish(CampaignName campaign);

  /** Makes the champion before the present one champion again. */
  void rollBack(CampaignName campaign);
}
