package dev.labelloop.worker.durability;

import dev.labelloop.worker.Endpoints;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Cuts connections to PostgreSQL. */
final class Cuts {
  private static final String ALL =
      "select pg_terminate_backend(pid) from pg_stat_activity"
          + " where backend_type = 'client backend' and pid <> pg_backend_pid()";

  /** In the server, for a COPY of four rows is over before a client hears of it. */
  private static final String COPY =
      """
      create function pg_temp.cut_copy() returns boolean language plpgsql as $$
      declare found_pid int;
      begin
        for i in 1..20000 loop
          perform pg_stat_clear_snapshot();
          select pid into found_pid from pg_stat_activity
            where state = 'active' and query like 'copy %' and pid <> pg_backend_pid() limit 1;
          if found_pid is not null then
            return pg_terminate_backend(found_pid);
          end if;
          perform pg_sleep(0.0003);
        end loop;
        return false;
      end $$;
      """;

  private Cuts() {}

  /** Cuts every connection; false if the server does not answer. */
  static boolean all(Endpoints endpoints) {
    try (Connection connection = DriverManager.getConnection(endpoints.database());
        Statement statement = connection.createStatement()) {
      return statement.execute(ALL);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Waits some seconds for a COPY and cuts its connection; false if none came. */
  static boolean copy(Endpoints endpoints) {
    try (Connection connection = DriverManager.getConnection(endpoints.database());
        Statement statement = connection.createStatement()) {
      statement.execute(COPY);
      try (ResultSet cut = statement.executeQuery("select pg_temp.cut_copy()")) {
        return cut.next() && cut.getBoolean(1);
      }
    } catch (SQLException e) {
      return false;
    }
  }
}
