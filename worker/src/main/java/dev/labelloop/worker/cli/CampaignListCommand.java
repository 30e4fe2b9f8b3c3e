package dev.labelloop.worker.cli;

import dev.labelloop.worker.client.CampaignSummary;
import dev.labelloop.worker.client.TemporalConnection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists campaigns. */
@Command(name = "list", description = "List the campaigns on a Temporal server.")
final class CampaignListCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;

  /** The answer in JSON. */
  record Answer(List<CampaignSummary> campaigns) {}

  @Override
  public Integer call() {
    try (TemporalConnection temporal = servers.connect()) {
      List<CampaignSummary> campaigns = temporal.campaigns().list();
      StringBuilder text = new StringBuilder();
      campaigns.forEach(campaign -> text.append(row(campaign)));
      output.answer(new Answer(campaigns), text.isEmpty() ? "no campaigns" : text.toString());
      return 0;
    }
  }

  private static String row(CampaignSummary c) {
    String map = c.map() == null ? "    -" : String.format(Locale.ROOT, "%.3f", c.map());
    return String.format(
        Locale.ROOT,
        "%-30s %-14s round %2d  %-16s mAP %s  %-8s %s%n",
        c.campaign(),
        c.state(),
        c.round(),
        c.phase() == null ? "" : c.phase(),
        map,
        c.health() == null ? "" : c.health(),
        c.reason() == null ? "" : c.reason());
  }
}
