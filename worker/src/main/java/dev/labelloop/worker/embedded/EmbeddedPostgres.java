package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * PostgreSQL as a child process, its data in the campaign home, durable settings on.
 *
 * <p>A server that a killed process left behind is taken over; data that a crash left behind is
 * recovered by PostgreSQL itself. It listens on the loopback address only and asks for a password
 * that lies in the home, readable by its owner alone.
 */
public final class EmbeddedPostgres implements Server {
  private static final String USER = "labelloop";
  private static final Duration INITDB = Duration.ofMinutes(3);

  /** Until it says what it does; recovery after a crash may then take as long as it takes. */
  private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(2);

  private static final Duration SHUT_DOWN_BY_OTHERS = Duration.ofSeconds(30);

  /** Processes of a killed server go within moments; a port may be snatched away once or twice. */
  private static final int MOST_STARTS = 20;

  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** Until a killed process is gone. */
  private static final Duration DEATH = Duration.ofSeconds(2);

  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          // A laptop has it; the working set of a million images' ledgers fits.
          "shared_buffers=256MB",
          "max_connections=50");

  private final Home home;
  private final Children children;
  private final UserCache cache;
  private final String password;
  private final int port;
  private volatile ProcessHandle process;

  private EmbeddedPostgres(
      Home home, Children children, UserCache cache, String password, Running running) {
    this.home = home;
    this.children = children;
    this.cache = cache;
    this.password = password;
    this.port = running.port;
    this.process = running.process;
  }

  private record Running(ProcessHandle process, int port) {}

  /**
   * Starts the server of a home, or takes over the one that still runs.
   *
   * @param port to listen on; 0 chooses a free one
   * @param progress told what is done
   */
  static EmbeddedPostgres start(
      Home home, int port, Children children, UserCache cache, Consumer<String> progress) {
    String password = PostgresPassword.get(home.postgres());
    Optional<Running> left = takeOver(home, port, children, progress);
    if (left.isEmpty()) {
      progress.accept("starting PostgreSQL " + PostgresBinaries.VERSION);
    }
    Running running = left.orElseGet(() -> launch(home, port, children, cache));
    EmbeddedPostgres server = new EmbeddedPostgres(home, children, cache, password, running);
    try {
      server.logIn();
    } catch (EmbeddedException e) {
      if (left.isEmpty() || !Waiting.until(DEATH, () -> !ProcessTable.isAlive(running.process))) {
        throw e;
      }
      server.restart(); // it was dying when it was taken over
      server.logIn();
    }
    return server;
  }

  private static Optional<Running> takeOver(
      Home home, int port, Children children, Consumer<String> progress) {
    Path data = data(home);
    Optional<PostmasterFile> file = PostmasterFile.read(data);
    Optional<ProcessHandle> process = file.flatMap(f -> f.process(data));
    if (process.isEmpty()) {
      return Optional.empty();
    }
    boolean asWanted =
        (port == 0 || port == file.get().port())
            && ProcessTable.arguments(process.get()).contains(data.toString()); // not moved since
    if (asWanted && isReady(data, process.get())) {
      progress.accept("taking over PostgreSQL, which an earlier process left running");
      children.adopt(Children.Ending.POSTGRES, process.get());
      return Optional.of(new Running(process.get(), file.get().port()));
    }
    progress.accept("ending PostgreSQL, which an earlier process left running");
    Children.end(Children.Ending.POSTGRES, process.get());
    return Optional.empty();
  }

  private static Running launch(Home home, int port, Children children, UserCache cache) {
    Path data = data(home);
    Path programs = PostgresBinaries.programs(cache);
    OrdinaryUser user = OrdinaryUser.ofThisMachine(children);
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise(home, programs, user, children);
    }
    user.own(data, children);
    forgetStranger(data);
    int former = PostmasterFile.formerPort(data).orElse(0);
    for (int start = 1; ; start++) {
      // As before, if that is still free: other workers stay right.
      int chosen = Ports.choose(port, former, "--postgres-port");
      ServerLog log = ServerLog.from(home.logs().resolve("postgresql.log"));
      ProcessHandle process =
          children.start(
              Children.Ending.POSTGRES,
              user.command(command(programs, data, chosen)),
              home.postgres(),
              log.file());
      if (isReady(data, process)) {
        return new Running(process, chosen);
      }
      Children.end(Children.Ending.POSTGRES, process);
      String said = log.tail();
      boolean passes = said.contains("still in use") || said.contains("Address already in use");
      if (!passes || start == MOST_STARTS || children.closedWithin(PAUSE)) {
        throw new EmbeddedException(
            "PostgreSQL does not start; its log " + log.file() + " ends with:\n" + said);
      }
    }
  }

  private static List<String> command(Path programs, Path data, int port) {
    List<String> command =
        new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", data.toString()));
    command.addAll(List.of("-c", "port=" + port));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    return command;
  }

  /**
   * Deletes the process file of a killed server whose number another program has by now: PostgreSQL
   * would take that program for a server. In all other cases it judges the file itself.
   */
  private static void forgetStranger(Path data) {
    boolean stranger =
        PostmasterFile.read(data)
            .filter(file -> file.process(data).isEmpty())
            .flatMap(file -> ProcessHandle.of(file.pid()))
            .isPresent();
    if (stranger) {
      try {
        Files.deleteIfExists(PostmasterFile.in(data));
      } catch (IOException e) {
        throw new EmbeddedException("cannot delete " + PostmasterFile.in(data), e);
      }
    }
  }

  /** Whether it comes to answer; waits as long as it says that it starts or recovers. */
  private static boolean isReady(Path data, ProcessHandle process) {
    long patience = System.nanoTime() + SIGN_OF_LIFE.toNanos();
    return Waiting.until(
            Duration.ofDays(1),
            () -> {
              Optional<PostmasterFile> own =
                  PostmasterFile.read(data).filter(file -> file.pid() == process.pid());
              return own.filter(PostmasterFile::isReady).isPresent()
                  || !ProcessTable.isAlive(process)
                  || (own.filter(PostmasterFile::isStarting).isEmpty()
                      && System.nanoTime() > patience);
            })
        && ProcessTable.isAlive(process)
        && PostmasterFile.read(data).filter(PostmasterFile::isReady).isPresent();
  }

  private static void initialise(Home home, Path programs, OrdinaryUser user, Children children) {
    Path fresh = home.postgres().resolve("data.fresh");
    children.run(SHUT_DOWN_BY_OTHERS, List.of("rm", "-rf", fresh.toString()));
    Children.Result result =
        children.run(
            INITDB,
            user.command(
                List.of(
                    programs.resolve("initdb").toString(),
                    "-D",
                    fresh.toString(),
                    "-U",
                    USER,
                    "--pwfile=" + PostgresPassword.file(home.postgres()),
                    "-A",
                    "scram-sha-256",
                    "-E",
                    "UTF8",
                    "--locale=C")));
    if (!result.ok()) {
      throw new EmbeddedException(
          "PostgreSQL cannot make its data folder: " + result.output().strip());
    }
    try {
      Files.move(fresh, data(home), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new EmbeddedException("cannot make " + data(home) + ": " + e.getMessage(), e);
    }
  }

  private void logIn() {
    try (Connection connection = DriverManager.getConnection(jdbcUrl())) {
      connection.setReadOnly(true); // the pool makes its own; this only tells early what is wrong
    } catch (SQLException e) {
      throw new EmbeddedException(
          "PostgreSQL on port "
              + port
              + " lets nobody in with the password of "
              + PostgresPassword.file(home.postgres())
              + " ("
              + e.getMessage()
              + "): both belong to one home, restore the file",
          e);
    }
  }

  private static Path data(Home home) {
    return home.postgres().resolve("data");
  }

  static String url(int port, String password) {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/postgres?user="
        + USER
        + "&password="
        + password;
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  @Override
  public ProcessHandle process() {
    return process;
  }

  @Override
  public void restart() {
    process = launch(home, port, children, cache).process;
  }

  /** Where to connect, with user and password. */
  public String jdbcUrl() {
    return url(port, password);
  }

  /** The port on the loopback address. */
  public int port() {
    return port;
  }
}
