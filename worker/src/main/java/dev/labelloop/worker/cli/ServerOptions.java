package dev.labelloop.worker.cli;

import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.client.TemporalConnection;
import dev.labelloop.worker.embedded.RunningStack;
import dev.labelloop.worker.embedded.TemporalSetup;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running servers to talk to: those of a home that is up, or given ones. */
final class ServerOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "labelloop-home",
      description = "A home that is up by 'run' or 'serve' (default: ./${DEFAULT-VALUE}).")
  private Path home;

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description = "A Temporal server, in place of the home's.")
  private @Nullable String temporal;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Namespace on that server (default: " + TemporalSetup.NAMESPACE + ").")
  private @Nullable String namespace;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description = "A PostgreSQL, in place of the home's.")
  private @Nullable String database;

  Path home() {
    return home;
  }

  /** Connects to the Temporal server. */
  TemporalConnection connect() {
    if (temporal != null) {
      return TemporalConnection.to(temporal, namespace());
    }
    Endpoints running = running();
    return TemporalConnection.to(running.temporal(), running.namespace());
  }

  /** The PostgreSQL, if it is known: a Temporal server that was given does not tell. */
  @Nullable String database() {
    if (database != null) {
      return database;
    }
    return temporal == null ? RunningStack.find(home).map(Endpoints::database).orElse(null) : null;
  }

  /** Where both servers are. */
  Endpoints endpoints() {
    if (temporal != null && database != null) {
      return new Endpoints(temporal, namespace(), database, null);
    }
    if (temporal != null || database != null) {
      throw new BadInputException(
          "give --temporal and --database together, or neither to use the servers of --home");
    }
    return running();
  }

  private String namespace() {
    return namespace == null ? TemporalSetup.NAMESPACE : namespace;
  }

  private Endpoints running() {
    if (namespace != null) {
      throw new BadInputException(
          "--namespace " + namespace + " goes with --temporal: a home's own server has one");
    }
    return RunningStack.find(home)
        .orElseThrow(
            () ->
                new BadInputException(
                    "no servers run in home "
                        + home.toAbsolutePath().normalize()
                        + ": start 'labelloop serve --home "
                        + home
                        + "', or name others with --temporal"));
  }
}
