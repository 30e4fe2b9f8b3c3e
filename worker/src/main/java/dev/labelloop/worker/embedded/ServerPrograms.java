package dev.labelloop.worker.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** The programs that the embedded servers need: found or fetched, and asked for their version. */
public final class ServerPrograms {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private ServerPrograms() {}

  /**
   * PostgreSQL's version.
   *
   * @throws EmbeddedException if it cannot run here; the message says what to mend
   */
  public static String postgres() {
    return version(children -> PostgresBinaries.programs(UserCache.ofUser()).resolve("postgres"));
  }

  /**
   * Temporal's version.
   *
   * @param progress told what takes long
   * @throws EmbeddedException if it cannot be had; the message says what to mend
   */
  public static String temporal(Consumer<String> progress) {
    return version(children -> TemporalBinary.find(children, UserCache.ofUser(), progress));
  }

  private static String version(Function<Children, Path> finder) {
    try (Children children = new Children()) {
      Path program = finder.apply(children);
      Children.Result result = children.run(PATIENCE, List.of(program.toString(), "--version"));
      if (!result.ok()) {
        throw new EmbeddedException(program + " does not run here: " + result.output().strip());
      }
      return result.output().strip() + " (" + program + ")";
    }
  }

  /**
   * As which user PostgreSQL, which refuses to be root, would run.
   *
   * @throws EmbeddedException if it cannot; the message says what to mend
   */
  public static String user() {
    try (Children children = new Children()) {
      OrdinaryUser way = OrdinaryUser.ofThisMachine(children);
      String user = System.getProperty("user.name");
      return way.prefix().isEmpty()
          ? user
          : user + ", PostgreSQL runs by " + String.join(" ", way.prefix());
    }
  }
}
