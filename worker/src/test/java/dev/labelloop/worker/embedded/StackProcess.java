package dev.labelloop.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A second JVM that starts the servers of a home and waits; and what it left behind. */
final class StackProcess {
  private static final Duration LONG = Duration.ofMinutes(3);
  private static final String UP = "up";

  private StackProcess() {}

  /** Says each step, then waits to be ended. */
  public static void main(String[] home) throws InterruptedException {
    EmbeddedStack.start(Path.of(home[0]), EmbeddedStack.Ports.FREE, System.out::println);
    System.out.println(UP);
    new CountDownLatch(1).await();
  }

  /** Starts it, and returns when its servers are up. */
  static Process start(Path home) throws Exception {
    return start(home, UP, List.of());
  }

  /**
   * Starts it, and returns when it says so.
   *
   * @param prefix of its command line
   */
  static Process start(Path home, String says, List<String> prefix) throws Exception {
    Path log = Files.createTempFile("stack-", ".log");
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(StackProcess.class.getName());
    command.add(home.toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      boolean said =
          Waiting.until(LONG, () -> ServerLogText.of(log).contains(says) || !process.isAlive());
      assertThat(said && process.isAlive()).as(() -> ServerLogText.of(log)).isTrue();
      return process;
    } finally {
      Files.delete(log);
    }
  }

  /** SIGKILL: no hook runs. */
  static void kill(Process process) {
    process.destroyForcibly().onExit().join();
  }

  /** The processes that work anywhere in a home. */
  static List<ProcessHandle> servers(Path home) {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(ProcessTable::isAlive)
          .filter(p -> ProcessTable.arguments(p).stream().anyMatch(a -> a.startsWith(home + "/")))
          .toList();
    }
  }

  private static final class ServerLogText {
    static String of(Path log) {
      try {
        return Files.readString(log);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }
}
