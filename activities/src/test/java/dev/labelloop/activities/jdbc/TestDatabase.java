package dev.labelloop.activities.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL: one server for all tests of a process, an empty database for each class. */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(TestDatabase.class);

  private @Nullable Database database;
  private @Nullable Server server;
  private String url = "";

  /** The class's own database, with all tables. */
  public Database database() {
    return Objects.requireNonNull(database, "made before the first test");
  }

  /** Where it is, for a further pool. */
  public String url() {
    return url;
  }

  /** Where a database of the same server is that has no table yet. */
  public String empty() {
    return Objects.requireNonNull(server, "running before the first test").emptyDatabase();
  }

  /** Every row of every table as text, sorted; equal when nothing was stored in between. */
  public List<String> rows() {
    return database()
        .inTransaction(
            handle ->
                handle
                    .createQuery(
                        """
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_type = 'BASE TABLE'
                          and table_name <> 'flyway_schema_history'
                        order by table_name
                        """)
                    .mapTo(String.class)
                    .list()
                    .stream()
                    .flatMap(
                        table ->
                            handle
                                .createQuery(
                                    "select '"
                                        + table
                                        + " ' || t::text from "
                                        + table
                                        + " t order by 1")
                                .mapTo(String.class)
                                .list()
                                .stream())
                    .toList());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    Server running =
        context
            .getRoot()
            .getStore(OURS)
            .getOrComputeIfAbsent(Server.class, key -> new Server(), Server.class);
    server = running;
    url = running.newDatabase();
    database = new Database(url);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    database().close();
  }

  /** Closed by JUnit after the last test. */
  private static final class Server implements AutoCloseable {
    private static final String TEMPLATE = "migrated";

    private final EmbeddedPostgres postgres;
    private final AtomicInteger databases = new AtomicInteger();

    Server() {
      try {
        postgres =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "off") // tests may lose what they stored
                .setServerConfig("synchronous_commit", "off")
                .start();
      } catch (IOException e) {
        throw new UncheckedIOException("the tests' PostgreSQL does not start", e);
      }
      run("create database " + TEMPLATE);
      new Database(urlOf(TEMPLATE)).close();
    }

    String newDatabase() {
      String name = "test" + databases.incrementAndGet();
      run("create database " + name + " template " + TEMPLATE);
      return urlOf(name);
    }

    String emptyDatabase() {
      String name = "empty" + databases.incrementAndGet();
      run("create database " + name);
      return urlOf(name);
    }

    private String urlOf(String name) {
      return postgres.getJdbcUrl("postgres", name);
    }

    private void run(String sql) {
      try (Connection connection = postgres.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      } catch (SQLException e) {
        throw new IllegalStateException(sql, e);
      }
    }

    @Override
    public void close() throws IOException {
      postgres.close();
    }
  }
}
