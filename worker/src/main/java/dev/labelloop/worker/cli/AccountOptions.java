package dev.labelloop.worker.cli;

import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.WebAddress;
import dev.labelloop.worker.embedded.RunningStack;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose accounts: those of a home that is up, or of a given PostgreSQL. */
final class AccountOptions {
  @Option(
      names = "--home",
      paramLabel = "DIR",
      defaultValue = "labelloop-home",
      description = "A home that is up by 'run' or 'serve' (default: ./${DEFAULT-VALUE}).")
  private Path home;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description = "A PostgreSQL, in place of the home's.")
  private @Nullable String database;

  /** Opens the database; whoever reaches it may do everything there anyway. */
  AccountBook open() {
    try {
      return new AccountBook(new Database(database == null ? homes() : database));
    } catch (PoolInitializationException e) {
      throw new BadInputException(
          "PostgreSQL cannot be used (" + e.getMessage() + "): is it up, and --database right?");
    }
  }

  private String homes() {
    return RunningStack.find(home)
        .map(Endpoints::database)
        .orElseThrow(
            () ->
                new BadInputException(
                    "no servers run in home "
                        + home.toAbsolutePath().normalize()
                        + ": start 'labelloop serve --home "
                        + home
                        + "', or name a PostgreSQL with --database"));
  }

  /** Where the web server is by which people come. */
  String url() {
    return new WebAddress(home)
        .find()
        .orElseThrow(
            () ->
                new BadInputException(
                    "no web server runs in home "
                        + home.toAbsolutePath().normalize()
                        + ": give the address of yours with --url"));
  }

  /** What was asked, or a mistake in it. */
  static <T> T sound(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }

  static BadInputException unknown(String name) {
    return new BadInputException(
        "there is no account '" + name + "': 'labelloop account list' shows who there is");
  }
}
