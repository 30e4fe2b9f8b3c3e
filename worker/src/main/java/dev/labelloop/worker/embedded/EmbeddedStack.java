package dev.labelloop.worker.embedded;

import dev.labelloop.worker.Endpoints;
import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A locked home with its servers; those that were given from outside are used and never stopped.
 *
 * <p>The servers end with the process, unless it is killed: then the next start takes them over.
 */
public final class EmbeddedStack implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final Home home;
  private final @Nullable EmbeddedPostgres postgres;
  private final @Nullable EmbeddedTemporal temporal;
  private final Endpoints endpoints;
  private final Thread shutdownHook;
  private volatile Runnable beforeStopping = () -> {};

  private EmbeddedStack(
      Home home,
      @Nullable EmbeddedPostgres postgres,
      @Nullable EmbeddedTemporal temporal,
      External external) {
    this.home = home;
    this.postgres = postgres;
    this.temporal = temporal;
    this.endpoints =
        new Endpoints(
            temporal == null ? Objects.requireNonNull(external.temporal()) : temporal.target(),
            temporal == null ? external.namespaceOrDefault() : TemporalSetup.NAMESPACE,
            postgres == null ? Objects.requireNonNull(external.database()) : postgres.jdbcUrl(),
            temporal == null ? null : temporal.uiUrl());
    this.shutdownHook = new Thread(this::stopLast, "stop-servers");
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
   * @param progress told what takes long
   * @throws HomeInUseException if another process works in the home
   */
  public static EmbeddedStack start(
      Path folder, External external, Ports ports, Consumer<String> progress) {
    Home home = Home.open(folder);
    EmbeddedPostgres postgres = null;
    try {
      if (external.database() == null) {
        progress.accept("starting PostgreSQL " + PostgresBinaries.VERSION);
        postgres = EmbeddedPostgres.start(home, ports.postgres());
      }
      EmbeddedTemporal temporal = null;
      if (external.temporal() == null) {
        progress.accept("starting Temporal");
        temporal = EmbeddedTemporal.start(home, ports.temporal(), ports.temporalUi(), progress);
      } else {
        prepare(external.temporal(), external.namespaceOrDefault());
      }
      return new EmbeddedStack(home, postgres, temporal, external);
    } catch (RuntimeException e) {
      if (postgres != null) {
        postgres.close();
      }
      home.close();
      throw e;
    }
  }

  /** Registers what LabelLoop needs on a Temporal server that runs already. */
  private static void prepare(String target, String namespace) {
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
    try {
      service.connect(CONNECT);
      TemporalSetup.register(service, target, namespace);
    } catch (StatusRuntimeException | IllegalStateException e) {
      throw new EmbeddedException(
          "no Temporal server answers on " + target + ": start it, or leave the option out", e);
    } finally {
      service.shutdownNow();
    }
  }

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
    return endpoints;
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

  private synchronized void stop() {
    if (temporal != null) {
      temporal.close();
    }
    if (postgres != null) {
      postgres.close();
    }
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
