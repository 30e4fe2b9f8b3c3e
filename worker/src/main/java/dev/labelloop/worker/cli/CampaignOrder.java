package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.client.Campaigns;
import dev.labelloop.worker.client.TemporalConnection;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells one campaign to do something, and prints where it then is. */
abstract class CampaignOrder implements Callable<Integer> {
  private final BiFunction<Campaigns, CampaignName, CampaignStatus> order;

  @Mixin private Output output;
  @Mixin private ServerOptions servers;

  @Parameters(paramLabel = "CAMPAIGN", description = "Its name.")
  private CampaignName campaign;

  CampaignOrder(BiFunction<Campaigns, CampaignName, CampaignStatus> order) {
    this.order = order;
  }

  @Override
  public Integer call() {
    try (TemporalConnection temporal = servers.connect()) {
      CampaignStatus status = order.apply(temporal.campaigns(), campaign);
      output.answer(status, StatusText.of(status));
      return 0;
    }
  }
}
