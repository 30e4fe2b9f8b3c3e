package dev.labelloop.worker;

import dev.labelloop.worker.embedded.EmbeddedStack;
import dev.labelloop.worker.embedded.TemporalSetup;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Temporal server and a PostgreSQL for tests: those that {@code LABELLOOP_TEMPORAL} and {@code
 * LABELLOOP_DATABASE} name, as {@code deploy/local/temporal-postgres run} sets them; else servers
 * of the test's own, as the product brings them.
 */
public final class RealServers implements AutoCloseable {
  private final @Nullable EmbeddedStack own;
  private final String temporal;
  private final String database;

  private RealServers(@Nullable EmbeddedStack own, String temporal, String database) {
    this.own = own;
    this.temporal = temporal;
    this.database = database;
  }

  /** Servers that are up; those of the test's own keep their data in this folder. */
  public static RealServers start(Path folder) {
    return given().orElseGet(() -> own(folder));
  }

  /** The servers that the environment names. */
  public static Optional<RealServers> given() {
    String temporal = System.getenv("LABELLOOP_TEMPORAL");
    String database = System.getenv("LABELLOOP_DATABASE");
    return temporal == null || database == null
        ? Optional.empty()
        : Optional.of(new RealServers(null, temporal, database));
  }

  private static RealServers own(Path folder) {
    EmbeddedStack own = EmbeddedStack.start(folder, EmbeddedStack.Ports.FREE, line -> {});
    return new RealServers(own, own.endpoints().temporal(), own.endpoints().database());
  }

  /** A namespace and a database on them that nobody has used before. */
  public Endpoints fresh() throws SQLException {
    String name = "test_" + UUID.randomUUID().toString().substring(0, 8);
    try (Connection connection = DriverManager.getConnection(database);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    }
    TemporalSetup.register(temporal, name);
    String url = database.replaceFirst("/[^/?]*(?=\\?|$)", "/" + name);
    return new Endpoints(temporal, name, url, null);
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
    }
  }
}
