package dev.labelloop.worker.cli;

import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.campaign.CampaignPhase;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.Wiring;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a campaign's report as of now. */
@Command(name = "report", description = "Write a campaign's report as of now.")
final class CampaignReportCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;

  @Parameters(paramLabel = "CAMPAIGN", description = "Its name.")
  private CampaignName campaign;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The HTML file to write (default: report.html in the home).")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Endpoints endpoints = servers.endpoints();
    Path file = out == null ? servers.home().resolve("report.html") : out;
    try (Wiring wiring = new Wiring(endpoints, servers.home())) {
      CampaignReport report =
          wiring
              .report(campaign)
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "campaign '" + campaign + "' has nothing to report yet"));
      wiring.writeReport(report, campaign, file);
      boolean done = wiring.temporal().campaigns().status(campaign).phase() == CampaignPhase.DONE;
      RunResult result =
          new RunResult(
              campaign.value(),
              done ? "COMPLETED" : "RUNNING",
              RunResult.rounds(report),
              RunResult.champion(report),
              endpoints.campaignPage(campaign.workflowId()),
              servers.home().toAbsolutePath().normalize().toString(),
              file.toAbsolutePath().normalize().toString(),
              null);
      output.answer(result, result.text());
    }
    return 0;
  }
}
