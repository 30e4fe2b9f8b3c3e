package dev.labelloop.worker.cli;

import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.embedded.EmbeddedStack;
import dev.labelloop.worker.web.Front;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which home, and which of its servers are given from outside. */
final class HomeOptions {
  private static final int MOST_PORT = 65_535;

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

  @Option(
      names = "--public-url",
      paramLabel = "URL",
      description = {
        "Address of a proxy through which people on other machines come, https://NAME; it must pass",
        "on Host (default: this machine alone)."
      })
  private @Nullable String publicUrl;

  Path home() {
    return home;
  }

  /** How people reach the HTTP interface. */
  Front front() {
    return publicUrl == null ? Front.LOCAL : Front.behind(publicUrl, "--public-url");
  }

  EmbeddedStack.External external() {
    if (namespace != null && temporal == null) {
      throw new BadInputException(
          "--namespace " + namespace + " goes with --temporal: a home's own server has one");
    }
    return new EmbeddedStack.External(temporal, namespace, database);
  }

  EmbeddedStack.Ports ports() {
    return new EmbeddedStack.Ports(
        checked("--postgres-port", postgresPort),
        checked("--temporal-port", temporalPort),
        checked("--temporal-ui-port", temporalUiPort));
  }

  int port() {
    return checked("--port", port);
  }

  private static int checked(String option, int port) {
    if (port < 0 || port > MOST_PORT) {
      throw new BadInputException(
          option + " " + port + " is no port: 1 to " + MOST_PORT + ", or 0 for any free one");
    }
    return port;
  }
}
