package dev.labelloop.worker.durability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process with the class path of this one, and what it says. */
final class Jvm {
  private static final Duration LOOK = Duration.ofMillis(5);

  private final Path out;
  private final Path err;
  private final Process process;
  private final long start = System.nanoTime();

  private Jvm(Path out, Path err, Process process) {
    this.out = out;
    this.err = err;
    this.process = process;
  }

  /**
   * Starts one.
   *
   * @param folder for what it says, in files that begin with the name
   */
  static Jvm start(
      Path folder, String name, List<String> options, Class<?> main, List<String> arguments)
      throws IOException {
    Path out = Files.createTempFile(folder, name + "-", ".out");
    Path err = Files.createTempFile(folder, name + "-", ".err");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return new Jvm(
        out,
        err,
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start());
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** By {@link System#nanoTime}. */
  long startNanos() {
    return start;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  /** SIGKILL of it alone. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, and the end that it brings. */
  void askToEnd() {
    process.destroy();
    process.onExit().join();
  }

  /** SIGSTOP, and SIGCONT after a while. */
  void freeze(Duration time) throws Exception {
    signal("STOP");
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } finally {
      signal("CONT");
    }
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }

  /** Whether it ends by itself in that time. */
  boolean endsWithin(Duration most) throws InterruptedException {
    return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether its standard error comes to hold this text in that time; false once it has ended. */
  boolean saysWithin(Duration most, String text) throws Exception {
    return sees(err, most, text, 1);
  }

  boolean hasSaid(String text) throws IOException {
    return count(err, text) > 0;
  }

  /** Whether its standard output comes to hold this line once more in that time. */
  boolean printsWithin(Duration most, String line) throws Exception {
    return sees(out, most, line + "\n", count(out, line + "\n") + 1);
  }

  private boolean sees(Path file, Duration most, String text, int times) throws Exception {
    long end = System.nanoTime() + most.toNanos();
    while (count(file, text) < times) {
      if (!isAlive() || System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    }
    return true;
  }

  private static int count(Path file, String text) throws IOException {
    return Files.readString(file).split(text, -1).length - 1;
  }

  List<String> printed() throws IOException {
    return Files.readAllLines(out);
  }

  /** The last of what it told people. */
  String said() throws IOException {
    List<String> lines = Files.readAllLines(err);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }
}
