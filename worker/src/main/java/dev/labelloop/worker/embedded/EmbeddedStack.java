package dev.labelloop.worker.embedded;

import java.nio.file.Path;
import java.util.function.Consumer;

/** A locked home with its two servers. */
public final class EmbeddedStack implements AutoCloseable {
  private final Home home;
  private final EmbeddedPostgres postgres;
  private final EmbeddedTemporal temporal;

  private EmbeddedStack(Home home, EmbeddedPostgres postgres, EmbeddedTemporal temporal) {
    this.home = home;
    this.postgres = postgres;
    this.temporal = temporal;
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
   * Starts both servers of a home, or takes over those that still run.
   *
   * @param progress told what takes long
   * @throws HomeInUseException if another process works in the home
   */
  public static EmbeddedStack start(Path folder, Ports ports, Consumer<String> progress) {
    Home home = Home.open(folder);
    try {
      progress.accept("starting PostgreSQL " + PostgresBinaries.VERSION);
      EmbeddedPostgres postgres = EmbeddedPostgres.start(home, ports.postgres());
      try {
        progress.accept("starting Temporal");
        return new EmbeddedStack(
            home,
            postgres,
            EmbeddedTemporal.start(home, ports.temporal(), ports.temporalUi(), progress));
      } catch (RuntimeException e) {
        postgres.close();
        throw e;
      }
    } catch (RuntimeException e) {
      home.close();
      throw e;
    }
  }

  public Home home() {
    return home;
  }

  public EmbeddedPostgres postgres() {
    return postgres;
  }

  public EmbeddedTemporal temporal() {
    return temporal;
  }

  @Override
  public void close() {
    temporal.close();
    postgres.close();
    home.close();
  }
}
