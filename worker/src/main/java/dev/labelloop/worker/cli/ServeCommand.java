package dev.labelloop.worker.cli;

import dev.labelloop.worker.temporal.Workers;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A home that stays up. */
@Command(
    name = "serve",
    description = {
      "Keep a home up until stopped: servers, workers, the reviewers' interface, Temporal's Web UI.",
      "Campaigns that were stopped go on; 'campaign start' begins new ones."
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin private HomeOptions home;
  @Mixin private ProviderOptions provider;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    try (HomeSession session = HomeSession.open(home, provider.settings(), err)) {
      Workers workers = session.wiring().startWorkers(Set.copyOf(Workers.QUEUES), null);
      if (session.temporalUi() != null) {
        err.println("campaigns are shown at " + session.temporalUi());
      }
      err.println("Ctrl-C stops");
      session.stop().requested().join();
      err.println("stopping");
      workers.close();
    }
    return 0;
  }
}
