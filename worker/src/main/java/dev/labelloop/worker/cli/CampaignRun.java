package dev.labelloop.worker.cli;

import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.campaign.CampaignResult;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.worker.Logging;
import dev.labelloop.worker.StopSignal;
import dev.labelloop.worker.Wiring;
import dev.labelloop.worker.client.CampaignFailedException;
import dev.labelloop.worker.embedded.EmbeddedStack;
import dev.labelloop.worker.temporal.Workers;
import dev.labelloop.worker.web.ReviewServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a campaign to its end on the servers of a home, with all workers in this process. */
final class CampaignRun {
  private final HomeOptions options;
  private final PrintWriter err;
  private final StopSignal stop = new StopSignal();

  CampaignRun(HomeOptions options, PrintWriter err) {
    this.options = options;
    this.err = err;
  }

  /**
   * How a run ended.
   *
   * @param failed why, if the campaign failed
   */
  record Ended(RunResult result, @Nullable CampaignFailedException failed) {}

  /**
   * Starts the campaign, or goes on with it where it stopped, or finds it finished.
   *
   * @return how it ended; empty if the process was asked to end before
   */
  Optional<Ended> run(CampaignSpec spec) {
    try (EmbeddedStack stack =
        EmbeddedStack.start(options.home(), options.external(), options.ports(), err::println)) {
      Logging.into(stack.home().logs().resolve("labelloop.log"));
      stack.beforeStopping(stop::requestAndAwait);
      return onServers(stack, spec);
    } finally {
      stop.putAway();
    }
  }

  private Optional<Ended> onServers(EmbeddedStack stack, CampaignSpec spec) {
    String page = stack.endpoints().campaignPage(spec.name().workflowId());
    try (Wiring wiring = new Wiring(stack.endpoints(), stack.home().folder());
        ReviewServer reviewers = wiring.startReviewServer(options.port())) {
      err.println("reviewers answer at " + reviewers.url());
      wiring.campaignRepository().create(spec);
      Workers workers = wiring.startWorkers(Set.copyOf(Workers.QUEUES));
      CampaignFailedException failed = null;
      String state;
      try {
        wiring.temporal().campaigns().start(spec);
        if (page != null) {
          err.println("follow it at " + page);
        }
        Optional<CampaignResult> result = follow(wiring, spec);
        if (result.isEmpty()) {
          err.println("stopping; the same command goes on from here");
          return Optional.empty();
        }
        state = result.get().outcome().name();
      } catch (CampaignFailedException e) {
        failed = e;
        state = "FAILED";
      } finally {
        workers.close();
      }
      return Optional.of(new Ended(result(wiring, stack, spec, state, failed), failed));
    }
  }

  private Optional<CampaignResult> follow(Wiring wiring, CampaignSpec spec) {
    try (ProgressView view = ProgressView.onStandardError()) {
      return new Follower(wiring.temporal().campaigns(), wiring.temporal().observer())
          .follow(spec.name(), stop, view);
    }
  }

  private static RunResult result(
      Wiring wiring,
      EmbeddedStack stack,
      CampaignSpec spec,
      String state,
      @Nullable CampaignFailedException failed) {
    Optional<CampaignReport> report = wiring.report(spec.name());
    Path file = stack.home().folder().resolve("report.html");
    report.ifPresent(r -> wiring.writeReport(r, spec.name(), file));
    return new RunResult(
        spec.name().value(),
        state,
        report.map(RunResult::rounds).orElse(List.of()),
        report.map(RunResult::champion).orElse(null),
        stack.endpoints().campaignPage(spec.name().workflowId()),
        stack.home().folder().toString(),
        report.isPresent() ? file.toString() : null,
        failed == null ? null : failed.getMessage());
  }
}
