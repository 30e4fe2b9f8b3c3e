package dev.labelloop.worker.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

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
    Path program = PostgresBinaries.folder(UserCache.ofUser()).resolve("bin/postgres");
    return version(program);
  }

  /**
   * Temporal's version.
   *
   * @param progress told what takes long
   * @throws EmbeddedException if it cannot be had; the message says what to mend
   */
  public static String temporal(Consumer<String> progress) {
    return version(TemporalBinary.ofThisMachine(progress).find());
  }

  private static String version(Path program) {
    Processes.Result result = Processes.run(PATIENCE, List.of(program.toString(), "--version"));
    if (!result.ok()) {
      throw new EmbeddedException(program + " does not run here: " + result.output().strip());
    }
    return result.output().strip() + " (" + program + ")";
  }

  /**
   * Whether PostgreSQL, which refuses to be root, can be started by this user.
   *
   * @throws EmbeddedException if not; the message says what to mend
   */
  public static String user() {
    String user = System.getProperty("user.name");
    if (!user.equals("root")) {
      return user;
    }
    Processes.Result result = Processes.run(PATIENCE, List.of("unshare", "-U", "true"));
    if (!result.ok()) {
      throw new EmbeddedException(
          "you are root and user namespaces are forbidden here, so PostgreSQL cannot start: run as"
              + " an ordinary user, or give a running server with --database");
    }
    return "root, PostgreSQL runs in a user namespace";
  }
}
