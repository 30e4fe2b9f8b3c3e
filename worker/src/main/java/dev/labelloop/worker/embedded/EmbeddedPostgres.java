package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL as a child process, its data in the campaign home, durable settings on.
 *
 * <p>A server that a killed process left behind is taken over; data that a crash left behind is
 * recovered by PostgreSQL itself. It listens on the loopback address only and asks for a password
 * that lies in the home, readable by its owner alone.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final String USER = "labelloop";
  private static final Duration INITDB = Duration.ofMinutes(3);

  /** Recovery after a crash is included. */
  private static final Duration START = Duration.ofMinutes(3);

  private static final Duration STOP = Duration.ofSeconds(30);

  private final ProcessHandle process;
  private final int port;
  private final String password;

  private EmbeddedPostgres(ProcessHandle process, int port, String password) {
    this.process = process;
    this.port = port;
    this.password = password;
  }

  /**
   * Starts the server of a home, or takes over the one that still runs.
   *
   * @param port to listen on; 0 chooses a free one
   */
  public static EmbeddedPostgres start(Home home, int port) {
    Path data = home.postgres().resolve("data");
    Path bin = PostgresBinaries.folder(UserCache.ofUser()).resolve("bin");
    String password = password(home);
    Optional<EmbeddedPostgres> left = takeOver(data, password);
    if (left.isPresent()) {
      return left.get();
    }
    if (!Files.exists(data.resolve("PG_VERSION"))) {
      initialise(bin, data, home);
    }
    return launch(bin, data, home, port == 0 ? Processes.freePort() : port, password);
  }

  private static Optional<EmbeddedPostgres> takeOver(Path data, String password) {
    Path pidFile = data.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(pidFile);
      if (lines.size() < 4) {
        return Optional.empty();
      }
      Optional<ProcessHandle> process =
          Processes.alive(Long.parseLong(lines.get(0).strip()), data.toString());
      if (process.isEmpty()) {
        // Of a server that was killed; its number may belong to another program by now, which
        // PostgreSQL would take for itself.
        Files.deleteIfExists(pidFile);
        return Optional.empty();
      }
      int port = Integer.parseInt(lines.get(3).strip());
      if (Processes.await(START, () -> answers(port, password))) {
        return Optional.of(new EmbeddedPostgres(process.get(), port, password));
      }
      Processes.signal(process.get(), "INT");
      Processes.awaitEnd(process.get(), STOP);
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      throw new EmbeddedException(
          "cannot make sense of "
              + pidFile
              + ": stop any PostgreSQL that works in "
              + data
              + " and delete that file",
          e);
    }
  }

  private static void initialise(Path bin, Path data, Home home) {
    Path fresh = home.postgres().resolve("data.fresh");
    Path passwordFile = home.postgres().resolve("password");
    Processes.run(STOP, List.of("rm", "-rf", fresh.toString())); // of a broken-off attempt
    List<String> command = new ArrayList<>(asOrdinaryUser());
    command.addAll(
        List.of(
            bin.resolve("initdb").toString(),
            "-D",
            fresh.toString(),
            "-U",
            USER,
            "--pwfile=" + passwordFile,
            "-A",
            "scram-sha-256",
            "-E",
            "UTF8",
            "--locale=C"));
    Processes.Result result = Processes.run(INITDB, command);
    if (!result.ok()) {
      throw new EmbeddedException(
          "PostgreSQL cannot make its data folder: " + result.output().strip() + rootAdvice());
    }
    try {
      Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + data, e);
    }
  }

  private static EmbeddedPostgres launch(
      Path bin, Path data, Home home, int port, String password) {
    Path log = home.logs().resolve("postgresql.log");
    List<String> command = new ArrayList<>(asOrdinaryUser());
    command.addAll(List.of(bin.resolve("postgres").toString(), "-D", data.toString()));
    for (String setting :
        List.of(
            "port=" + port,
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            // A laptop has it; the working set of a million images' ledgers fits.
            "shared_buffers=256MB",
            "max_connections=50")) {
      command.add("-c");
      command.add(setting);
    }
    // A postmaster that was killed leaves children behind for a moment; so try more than once.
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      Process process = Processes.start(command, log);
      boolean up = Processes.await(START, () -> !process.isAlive() || answers(port, password));
      if (up && process.isAlive()) {
        return new EmbeddedPostgres(process.toHandle(), port, password);
      }
      process.destroyForcibly();
      boolean busy = Processes.tail(log).contains("is still in use");
      if (!busy || System.nanoTime() > end) {
        throw new EmbeddedException(
            "PostgreSQL does not start; its log "
                + log
                + " ends with:\n"
                + Processes.tail(log)
                + rootAdvice());
      }
      Processes.await(Duration.ofSeconds(1), () -> false);
    }
  }

  /** PostgreSQL refuses to run as root; a user namespace of its own satisfies it. */
  private static List<String> asOrdinaryUser() {
    return isRoot() ? List.of("unshare", "-U") : List.of();
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static String rootAdvice() {
    return isRoot()
        ? "\n(You are root. If user namespaces are forbidden here, run as an ordinary user, or give"
            + " a running server with --database jdbc:postgresql://…)"
        : "";
  }

  private static String password(Home home) {
    Path file = home.postgres().resolve("password");
    try {
      if (!Files.exists(file)) {
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        Path fresh =
            Files.createTempFile(
                home.postgres(),
                "password",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep the database password in " + file, e);
    }
  }

  private static boolean answers(int port, String password) {
    try (Connection connection = DriverManager.getConnection(url(port, password))) {
      return connection.isValid(5);
    } catch (SQLException e) {
      return false; // not yet
    }
  }

  static String url(int port, String password) {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/postgres?user="
        + USER
        + "&password="
        + password;
  }

  /** Where to connect, with user and password. */
  public String jdbcUrl() {
    return url(port, password);
  }

  /** The port on the loopback address. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      Processes.signal(process, "INT"); // "fast": ends sessions, writes a checkpoint
      Processes.awaitEnd(process, STOP);
    }
  }
}
