package dev.labelloop.worker.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.CampaignReport.Failures;
import dev.labelloop.activities.evaluation.HoldoutReport;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.activities.evaluation.gate.Verdict;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.Wiring;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
      description = "The HTML file to write (default: report-CAMPAIGN.html in the home).")
  private @Nullable Path out;

  /**
   * The answer in JSON.
   *
   * @param run as {@code run} answers
   * @param verdicts of the gate, by round
   * @param champions every change of champion; the last is in use
   * @param failures why the champion fails on the holdout; null before it was measured
   * @param holdout whether it can be trusted
   */
  record Answer(
      @JsonUnwrapped RunResult run,
      Map<Integer, Verdict> verdicts,
      List<ChampionRepository.Change> champions,
      @Nullable ErrorAnalysis failures,
      HoldoutReport holdout) {}

  @Override
  public Integer call() {
    Endpoints endpoints = servers.endpoints();
    Path file = out == null ? servers.home().resolve("report-" + campaign + ".html") : out;
    try (Wiring wiring = new Wiring(endpoints, servers.home())) {
      CampaignReport report =
          wiring
              .report(campaign)
              .orElseThrow(
                  () ->
                      new BadInputException(
                          "campaign '" + campaign + "' has nothing to report yet"));
      wiring.writeReport(report, campaign, file);
      String state =
          wiring.temporal().campaigns().outcome(campaign).map(Enum::name).orElse("RUNNING");
      RunResult result =
          new RunResult(
              campaign.value(),
              state,
              RunResult.rounds(report),
              RunResult.champion(report),
              endpoints.campaignPage(campaign.workflowId()),
              servers.home().toAbsolutePath().normalize().toString(),
              file.toAbsolutePath().normalize().toString(),
              RunResult.leftOut(report),
              null);
      Failures failures = report.failures();
      output.answer(
          new Answer(
              result,
              report.verdicts(),
              report.champions(),
              failures == null ? null : failures.analysis(),
              report.holdout()),
          result.text());
    }
    return 0;
  }
}
