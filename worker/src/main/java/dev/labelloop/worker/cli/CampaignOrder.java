package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.client.Campaigns;
import dev.labelloop.worker.client.TemporalConnection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells one campaign to do something, and prints where it then is. */
abstract class CampaignOrder implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;

  @Parameters(paramLabel = "CAMPAIGN", description = "Its name.")
  private CampaignName campaign;

  /** Gives the order, and answers with where the campaign then is. */
  abstract CampaignStatus give(Campaigns campaigns, CampaignName campaign);

  /** Refuses a mistake in the order itself, before any server is asked. */
  void check() {}

  @Override
  public Integer call() {
    check();
    try (TemporalConnection temporal = servers.connect()) {
      CampaignStatus status = give(temporal.campaigns(), campaign);
      output.answer(status, StatusText.of(status));
      return 0;
    }
  }
}
