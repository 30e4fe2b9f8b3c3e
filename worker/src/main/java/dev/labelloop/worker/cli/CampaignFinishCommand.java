package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.client.TemporalConnection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** End a campaign with the champion it has. */
@Command(name = "finish", description = "End a campaign with the champion it has.")
final class CampaignFinishCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;

  @Parameters(paramLabel = "CAMPAIGN", description = "Its name.")
  private CampaignName campaign;

  @Override
  public Integer call() {
    try (TemporalConnection temporal = servers.connect()) {
      CampaignStatus status = temporal.campaigns().finish(campaign);
      output.answer(status, StatusText.of(status));
      return 0;
    }
  }
}
