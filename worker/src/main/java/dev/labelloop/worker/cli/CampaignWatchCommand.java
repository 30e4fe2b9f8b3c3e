package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignResult;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.StopSignal;
import dev.labelloop.worker.client.TemporalConnection;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Follows a campaign that runs elsewhere. */
@Command(name = "watch", description = "Follow a campaign to its end.")
final class CampaignWatchCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;

  @Parameters(paramLabel = "CAMPAIGN", description = "Its name.")
  private CampaignName campaign;

  @Override
  public Integer call() {
    try (TemporalConnection temporal = servers.connect()) {
      var unused = temporal.campaigns().execution(campaign); // or says that there is none
      CampaignResult result = follow(temporal);
      output.answer(
          result,
          String.format(
              Locale.ROOT,
              "%s: %s after %d rounds, mAP %.3f",
              campaign,
              result.outcome(),
              result.rounds(),
              result.champion().score().map()));
      return 0;
    }
  }

  private CampaignResult follow(TemporalConnection temporal) {
    try (ProgressView view = ProgressView.onStandardError();
        WaitingPeople waiting = new WaitingPeople(servers.database())) {
      return new Follower(temporal.campaigns(), temporal.observer(waiting))
          .follow(campaign, new StopSignal(), view)
          .orElseThrow();
    }
  }
}
