package dev.labelloop.worker.cli;

import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.TemporalConnection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells where a campaign is. */
@Command(name = "status", description = "Tell where a campaign is.")
final class CampaignStatusCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;

  @Parameters(paramLabel = "CAMPAIGN", description = "Its name.")
  private CampaignName campaign;

  @Override
  public Integer call() {
    try (TemporalConnection temporal = servers.connect();
        WaitingPeople waiting = new WaitingPeople(servers.database())) {
      CampaignProgress progress = temporal.observer(waiting).look(campaign);
      output.answer(progress, StatusText.of(progress));
      return 0;
    }
  }
}
