package dev.labelloop.worker.cli;

import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.Logging;
import dev.labelloop.worker.StopSignal;
import dev.labelloop.worker.Wiring;
import dev.labelloop.worker.embedded.TemporalSetup;
import dev.labelloop.worker.temporal.Build;
import dev.labelloop.worker.temporal.CurrentBuild;
import dev.labelloop.worker.temporal.Workers;
import dev.labelloop.worker.web.MetricsPart;
import dev.labelloop.worker.web.WebServer;
import io.temporal.client.WorkflowClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Workers against servers that run elsewhere. */
@Command(
    name = "worker",
    description = {
      "Serve task queues of a Temporal server and a PostgreSQL that run elsewhere, until stopped.",
      "Any number of these, anywhere; images and models must lie under the same paths for all."
    })
final class WorkerCommand implements Callable<Integer> {
  private static final int PAUSE_SECONDS = 1;

  @Spec private CommandSpec spec;
  @Mixin private BuildOptions builds;

  @Option(
      names = "--queues",
      paramLabel = "A,B",
      split = ",",
      description = "Of campaign, data, predict, train (default: all).")
  private List<String> queues = new ArrayList<>(Workers.QUEUES);

  @Option(
      names = "--temporal",
      required = true,
      paramLabel = "HOST:PORT",
      description = "The Temporal server.")
  private String temporal;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      defaultValue = TemporalSetup.NAMESPACE,
      description = "Namespace on that server (default: ${DEFAULT-VALUE}).")
  private String namespace;

  @Option(
      names = "--database",
      required = true,
      paramLabel = "JDBC-URL",
      description = "The PostgreSQL, such as jdbc:postgresql://host/labelloop?user=…&password=….")
  private String database;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "labelloop-home",
      description =
          "Folder of models and checkpoints, shared by all (default: ./${DEFAULT-VALUE}).")
  private Path home;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = {
        "Serve metrics for Prometheus on this port of the loopback address; 0 chooses a free one",
        "(default: none)."
      })
  private @Nullable Integer metricsPort;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Set<String> served = new LinkedHashSet<>(queues);
    for (String queue : served) {
      if (!Workers.QUEUES.contains(queue)) {
        throw new BadInputException(
            "--queues names '" + queue + "': use " + String.join(", ", Workers.QUEUES));
      }
    }
    Build build = builds.build();
    StopSignal stop = new StopSignal();
    Logging.into(home.resolve("logs/worker-" + ProcessHandle.current().pid() + ".log"));
    TemporalSetup.register(temporal, namespace);
    try (Wiring wiring = new Wiring(new Endpoints(temporal, namespace, database, null), home);
        WebServer metrics = metricsServer(wiring)) {
      if (metrics != null) {
        err.println("metrics are at " + metrics.url() + MetricsPart.PATH);
      }
      Workers workers = wiring.startWorkers(served, build);
      Runtime.getRuntime().addShutdownHook(new Thread(stop::requestAndAwait, "stop-worker"));
      err.println("serving " + String.join(", ", served) + "; Ctrl-C stops");
      if (build != null && builds.makeCurrent()) {
        makeCurrent(build, wiring.temporal().client(), stop, err);
      }
      stop.requested().join();
      err.println("stopping");
      workers.close();
    } finally {
      stop.putAway();
    }
    return 0;
  }

  /** Tries until the workers of the other queues are there too, or the process is to end. */
  private static void makeCurrent(
      Build build, WorkflowClient client, StopSignal stop, PrintWriter err) {
    String told = "";
    Optional<String> refusal = CurrentBuild.set(client, build);
    while (refusal.isPresent() && !stop.isRequested()) {
      if (!refusal.get().equals(told)) {
        told = refusal.get();
        err.println("build " + build.id() + " cannot become current yet: " + told);
      }
      stop.requested().copy().completeOnTimeout(null, PAUSE_SECONDS, TimeUnit.SECONDS).join();
      refusal = CurrentBuild.set(client, build);
    }
    if (refusal.isEmpty()) {
      err.println("new rounds go to build " + build.id());
    }
  }

  private @Nullable WebServer metricsServer(Wiring wiring) {
    return metricsPort == null ? null : wiring.startMetricsServer(metricsPort);
  }
}
