package dev.labelloop.worker.cli;

import dev.labelloop.worker.embedded.EmbeddedStack;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which home, and which of its servers are given from outside. */
final class HomeOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "labelloop-home",
      description = "Folder that keeps everything (default: ./${DEFAULT-VALUE}).")
  private Path home;

  @Option(
      names = "--temporal",
      paramLabel = "HOST:PORT",
      description = "A Temporal server that runs already; default: one of the home's own.")
  private @Nullable String temporal;

  @Option(
      names = "--namespace",
      paramLabel = "NAME",
      description = "Namespace on that server (default: labelloop).")
  private @Nullable String namespace;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description = "A PostgreSQL that runs already; default: one of the home's own.")
  private @Nullable String database;

  @Option(
      names = "--temporal-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the home's Temporal server; 0 chooses a free one.")
  private int temporalPort;

  @Option(
      names = "--temporal-ui-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of its Web UI; 0 chooses a free one.")
  private int temporalUiPort;

  @Option(
      names = "--postgres-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the home's PostgreSQL; 0 chooses a free one.")
  private int postgresPort;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "Port of the HTTP interface for reviewers; 0 chooses a free one.")
  private int port;

  Path home() {
    return home;
  }

  EmbeddedStack.External external() {
    return new EmbeddedStack.External(temporal, namespace, database);
  }

  EmbeddedStack.Ports ports() {
    return new EmbeddedStack.Ports(postgresPort, temporalPort, temporalUiPort);
  }

  int port() {
    return port;
  }
}
