package dev.labelloop.worker.cli;

import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.campaign.CampaignResult;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.worker.Wiring;
import dev.labelloop.worker.client.CampaignFailedException;
import dev.labelloop.worker.client.TemporalConnection;
import dev.labelloop.worker.temporal.Workers;
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
    try (HomeSession session = HomeSession.open(options, err)) {
      Wiring wiring = session.wiring();
      wiring.register(spec);
      Workers workers = wiring.startWorkers(Set.copyOf(Workers.QUEUES), null);
      CampaignFailedException failed = null;
      String state;
      try {
        Optional<CampaignResult> result = startAndFollow(session, spec);
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
      return Optional.of(new Ended(result(session, spec, state, failed), failed));
    }
  }

  private Optional<CampaignResult> startAndFollow(HomeSession session, CampaignSpec spec) {
    TemporalConnection temporal = session.wiring().temporal();
    temporal.campaigns().start(spec, session.wiring().campaignRepository().amended(spec.name()));
    String page = session.endpoints().campaignPage(spec.name().workflowId());
    if (page != null) {
      err.println("follow it at " + page);
    }
    try (ProgressView view = ProgressView.onStandardError();
        WaitingPeople waiting = new WaitingPeople(session.endpoints().database())) {
      return new Follower(temporal.campaigns(), temporal.observer(waiting))
          .follow(spec.name(), session.stop(), view);
    }
  }

  private static RunResult result(
      HomeSession session,
      CampaignSpec spec,
      String state,
      @Nullable CampaignFailedException failed) {
    Optional<CampaignReport> report = session.wiring().report(spec.name());
    Path file = session.home().resolve("report.html");
    report.ifPresent(r -> session.wiring().writeReport(r, spec.name(), file));
    return new RunResult(
        spec.name().value(),
        state,
        report.map(RunResult::rounds).orElse(List.of()),
        report.map(RunResult::champion).orElse(null),
        session.endpoints().campaignPage(spec.name().workflowId()),
        session.home().toString(),
        report.isPresent() ? file.toString() : null,
        report.map(RunResult::leftOut).orElse(null),
        failed == null ? null : failed.getMessage());
  }
}
