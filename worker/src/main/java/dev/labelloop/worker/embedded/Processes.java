package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Child processes and their traces. */
final class Processes {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private Processes() {}

  /**
   * Starts a server that writes to a log file.
   *
   * <p>It gets a session of its own where the system can do that: Ctrl-C on a terminal reaches a
   * whole session, and the servers must outlast the work that they carry.
   */
  static Process start(List<String> command, Path log) {
    List<String> all = new ArrayList<>(Files.isExecutable(SETSID) ? List.of("setsid") : List.of());
    all.addAll(command);
    try {
      return new ProcessBuilder(all)
          .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new EmbeddedException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  /**
   * Runs a command to its end.
   *
   * @return its exit code and output
   */
  static Result run(Duration most, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output;
      try (InputStream in = process.getInputStream()) {
        output = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      }
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new EmbeddedException(command.get(0) + " did not end within " + most);
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("interrupted while running " + command.get(0), e);
    }
  }

  /** How a command ended; -1 where it could not even start. */
  record Result(int code, String output) {
    boolean ok() {
      return code == 0;
    }
  }

  /** The live process of this id whose command line holds the text. */
  static Optional<ProcessHandle> alive(long pid, String text) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(p -> commandLine(pid).contains(text));
  }

  private static String commandLine(long pid) {
    Path file = Path.of("/proc", Long.toString(pid), "cmdline");
    try {
      return Files.exists(file)
          ? Files.readString(file).replace('\0', ' ')
          : ProcessHandle.of(pid).flatMap(p -> p.info().commandLine()).orElse("");
    } catch (IOException e) {
      return ""; // it ended in between
    }
  }

  /** Sends a signal, such as {@code INT}; a process that is gone already is no error. */
  static void signal(ProcessHandle process, String signal) {
    run(Duration.ofSeconds(5), List.of("kill", "-" + signal, Long.toString(process.pid())));
  }

  /** Waits until the process has ended, and ends it by force after that time. */
  static void awaitEnd(ProcessHandle process, Duration most) {
    try {
      process.onExit().get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly();
    } catch (ExecutionException e) {
      throw new EmbeddedException("cannot wait for process " + process.pid(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  /** Whether the condition came true in that time. */
  static boolean await(Duration most, BooleanSupplier condition) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      try {
        TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** A port of the loopback address that nobody uses now. */
  static int freePort() {
    return freePort(0);
  }

  /** This port of the loopback address if nobody uses it, else another; 0: any. */
  static int freePort(int preferred) {
    try (ServerSocket socket = new ServerSocket(preferred, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      if (preferred != 0) {
        return freePort(0);
      }
      throw new EmbeddedException("no free port on the loopback address", e);
    }
  }

  /** The last lines of a log, for an error message. */
  static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 8), lines.size()));
    } catch (IOException e) {
      return "(no log at " + log + ")";
    }
  }
}
