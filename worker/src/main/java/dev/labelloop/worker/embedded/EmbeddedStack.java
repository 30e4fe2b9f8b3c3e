package dev.labelloop.worker.embedded;

import dev.labelloop.worker.Endpoints;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A locked home with its servers; those that were given from outside are used and never stopped.
 *
 * <p>The servers end with the process, unless it is killed: then the next start takes them over. A
 * server that ends by itself is started again.
 */
public final class EmbeddedStack implements AutoCloseable {
  private final Home home;
  private final Children children = new Children();
  private final Thread shutdownHook = new Thread(this::stopLast, "stop-servers");
  private volatile Runnable beforeStopping = () -> {};
  private @Nullable EmbeddedPostgres postgres;
  private @Nullable EmbeddedTemporal temporal;
  private @Nullable Endpoints endpoints;

  private EmbeddedStack(Home home) {
    this.home = home;
    Runtime.getRuntime().addShutdownHook(shutdownHook);
  }

  /**
   * Where the servers listen; 0 chooses a free port.
   *
   * @param postgres port of PostgreSQL
   * @param temporal port of Temporal
   * @param temporalUi port of the Temporal Web UI
   */
  public record Ports(int postgres, int temporal, int temporalUi) {
    public static final Ports FREE = new Ports(0, 0, 0);
  }

  /**
   * Servers that run already; null where one of the home's own is wanted.
   *
   * @param temporal host and port
   * @param namespace on that server; null for LabelLoop's usual one
   * @param database JDBC URL
   */
  public record External(
      @Nullable String temporal, @Nullable String namespace, @Nullable String database) {
    public static final External NONE = new External(null, null, null);

    String namespaceOrDefault() {
      return namespace == null ? TemporalSetup.NAMESPACE : namespace;
    }
  }

  /** As {@link #start(Path, External, Ports, Consumer)}, with both servers of the home's own. */
  public static EmbeddedStack start(Path folder, Ports ports, Consumer<String> progress) {
    return start(folder, External.NONE, ports, progress);
  }

  /**
   * Starts the servers of a home, or takes over those that still run.
   *
   * @param progress told what is done, and what goes wrong later
   * @throws HomeInUseException if another process works in the home
   * @throws EmbeddedException if a server cannot be had; the message says what to mend
   */
  public static EmbeddedStack start(
      Path folder, External external, Ports ports, Consumer<String> progress) {
    EmbeddedStack stack = new EmbeddedStack(Home.open(folder));
    try {
      stack.startServers(external, ports, progress);
      return stack;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  private void startServers(External external, Ports ports, Consumer<String> progress) {
    UserCache cache = UserCache.ofUser();
    String database = external.database();
    if (database == null) {
      postgres = EmbeddedPostgres.start(home, ports.postgres(), children, cache, progress);
      database = postgres.jdbcUrl();
      Watch.over(postgres, children, progress);
    }
    String target = external.temporal();
    if (target == null) {
      temporal =
          EmbeddedTemporal.start(
              home, ports.temporal(), ports.temporalUi(), children, cache, progress);
      Watch.over(temporal, children, progress);
      endpoints =
          new Endpoints(temporal.target(), TemporalSetup.NAMESPACE, database, temporal.uiUrl());
    } else {
      TemporalSetup.register(target, external.namespaceOrDefault());
      endpoints = new Endpoints(target, external.namespaceOrDefault(), database, null);
    }
  }

  /** The home that both work in. */
  public Home home() {
    return home;
  }

  /** The home's own PostgreSQL. */
  public EmbeddedPostgres postgres() {
    return Objects.requireNonNull(postgres, "PostgreSQL was given from outside");
  }

  /** The home's own Temporal server. */
  public EmbeddedTemporal temporal() {
    return Objects.requireNonNull(temporal, "Temporal was given from outside");
  }

  /** Where the servers are. */
  public Endpoints endpoints() {
    return Objects.requireNonNull(endpoints, "the servers are not started");
  }

  /**
   * When the process is asked to end, this runs first, and the servers stop when it returns: so
   * work can be put away while they still answer.
   */
  public void beforeStopping(Runnable first) {
    beforeStopping = first;
  }

  private void stopLast() {
    beforeStopping.run();
    stop();
  }

  /** Whoever comes second waits for the first. */
  private synchronized void stop() {
    children.close();
  }

  @Override
  public void close() {
    stop();
    home.close();
    try {
      Runtime.getRuntime().removeShutdownHook(shutdownHook);
    } catch (IllegalStateException e) {
      // The process is ending and the hook runs: it finds nothing left to stop.
    }
  }
}
