package dev.labelloop.activities.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** The pool of connections to PostgreSQL; every repository works through it. */
public final class Database implements AutoCloseable {
  /** One each for the activities that really run side by side; COPY holds one for its length. */
  private static final int CONNECTIONS = 10;

  private static final int COPY_BUFFER = 1 << 16;

  private final HikariDataSource pool;
  private final Jdbi jdbi;

  /**
   * Connects and brings the schema up to date.
   *
   * @param url such as {@code jdbc:postgresql://127.0.0.1:5432/labelloop?user=…}
   */
  public Database(String url) {
    this(pool(url, CONNECTIONS));
    try {
      migrate(pool);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
  }

  /**
   * Flyway runs a script in one transaction and records it in another, so a process that is killed
   * in between leaves a script that will run again: each must bear it. It does not compare the
   * scripts with those that ran before: they lie in the jar, where nobody edits them.
   */
  private static void migrate(HikariDataSource pool) {
    Flyway.configure()
        .dataSource(pool)
        .locations("classpath:db/migration")
        .validateOnMigrate(false)
        .load()
        .migrate();
  }

  private Database(HikariDataSource pool) {
    this.pool = pool;
    jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
  }

  /** Connects to look only: one connection, and the schema as it is. */
  public static Database toLookAt(String url) {
    return new Database(pool(url, 1));
  }

  private static HikariDataSource pool(String url, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    config.setPoolName("labelloop");
    return new HikariDataSource(config);
  }

  /** Runs the work in one transaction: all of it is stored, or nothing. */
  public <T> T inTransaction(Function<Handle, T> work) {
    return jdbi.inTransaction(work::apply);
  }

  /** As {@link #inTransaction}, without a result. */
  public void useTransaction(Consumer<Handle> work) {
    jdbi.useTransaction(work::accept);
  }

  /** Reads in one transaction that sees the database as it was at its first query. */
  public <T> T inSnapshot(Function<Handle, T> work) {
    return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, work::apply);
  }

  /**
   * Writes rows by binary COPY on the handle's own transaction.
   *
   * @param columns such as {@code prediction (campaign, round)}
   */
  public static void copy(Handle handle, String columns, Consumer<CopyRows> rows) {
    try (PGCopyOutputStream out =
        new PGCopyOutputStream(
            handle.getConnection().unwrap(PGConnection.class),
            "copy " + columns + " from stdin (format binary)",
            COPY_BUFFER)) {
      CopyRows writer = new CopyRows(out);
      try {
        rows.accept(writer);
      } catch (RuntimeException e) {
        out.cancelCopy(); // else closing would end it as if all were there
        throw e;
      }
      writer.end();
    } catch (SQLException | IOException e) {
      abort(handle, e);
      throw new UncheckedIOException(
          "copy into " + columns + " failed",
          e instanceof IOException io ? io : new IOException(e));
    }
  }

  /**
   * A COPY whose connection breaks keeps the driver's lock on it, and the rollback would wait for
   * that lock for ever. On an aborted connection it fails at once; the server rolls back by itself.
   */
  private static void abort(Handle handle, Exception cause) {
    try {
      handle.getConnection().abort(Runnable::run);
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
