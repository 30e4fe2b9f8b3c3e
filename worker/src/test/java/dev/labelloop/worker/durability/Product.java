package dev.labelloop.worker.durability;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.Main;
import dev.labelloop.worker.embedded.RunningStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The product as people run it: a process of its own, {@code run SPEC --home HOME --json}. */
final class Product implements AutoCloseable {
  private final Path home;
  private final Path out;
  private final Path err;
  private final Process process;

  private Product(Path home, Path out, Path err, Process process) {
    this.home = home;
    this.out = out;
    this.err = err;
    this.process = process;
  }

  static Product run(Path specification, Path home) throws IOException {
    Path out = Files.createTempFile(home.getParent(), home.getFileName() + "-", ".out");
    Path err = Files.createTempFile(home.getParent(), home.getFileName() + "-", ".err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                specification.toString(),
                "--home",
                home.toString(),
                "--json")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new Product(home, out, err, process);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Where its servers are, once they are up. */
  Optional<Endpoints> endpoints() {
    return RunningStack.find(home);
  }

  /** SIGKILL of the JVM alone: PostgreSQL and Temporal stay behind. */
  void killAlone() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGKILL of the JVM, PostgreSQL and Temporal at once. */
  void killAll() {
    List<ProcessHandle> all = new ArrayList<>();
    all.add(process.toHandle());
    process.descendants().forEach(all::add);
    servers()
        .forEach(
            server -> Stream.concat(Stream.of(server), server.descendants()).forEach(all::add));
    all.forEach(ProcessHandle::destroyForcibly);
    process.onExit().join();
  }

  /** SIGTERM, and the end that it brings. */
  void askToEnd() {
    process.destroy();
    process.onExit().join();
  }

  /** SIGSTOP, and SIGCONT after a while. */
  void freeze(Duration time) throws Exception {
    signal("STOP");
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
    signal("CONT");
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
  }

  /** SIGKILL of Temporal; false if there is none. */
  boolean killTemporal() {
    return kill(temporal());
  }

  /** SIGKILL of PostgreSQL's first process; false if there is none. */
  boolean killPostgres() {
    return kill(postgres());
  }

  private static boolean kill(Optional<ProcessHandle> server) {
    return server.filter(ProcessHandle::destroyForcibly).isPresent();
  }

  /** The server processes that the home knows of; a start may have taken over older ones. */
  private List<ProcessHandle> servers() {
    return Stream.of(postgres(), temporal()).flatMap(Optional::stream).toList();
  }

  private Optional<ProcessHandle> postgres() {
    Path postmaster = home.resolve("postgres/data/postmaster.pid");
    try {
      return Files.exists(postmaster)
          ? ProcessHandle.of(Long.parseLong(Files.readAllLines(postmaster).get(0).strip()))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<ProcessHandle> temporal() {
    Path temporal = home.resolve("temporal/server.json");
    try {
      return Files.exists(temporal)
          ? ProcessHandle.of(new ObjectMapper().readTree(temporal.toFile()).get("pid").asLong())
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it ends by itself in that time. */
  boolean endsWithin(Duration most) throws InterruptedException {
    return process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The last of what it told people. */
  String said() throws IOException {
    List<String> lines = Files.readAllLines(err);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  /** Waits for the end; the last line of standard output. */
  String result(Duration most) throws Exception {
    if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("not done after " + most + ":\n" + Files.readString(err));
    }
    List<String> lines = Files.readAllLines(out);
    if (process.exitValue() != 0 || lines.isEmpty()) {
      throw new AssertionError("exit code " + process.exitValue() + ":\n" + Files.readString(err));
    }
    return lines.get(lines.size() - 1);
  }

  /** Waits until something is so; fails if the product ends before or it takes too long. */
  void await(String what, Duration most, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        String state = process.isAlive() ? "runs" : "ended with " + process.exitValue();
        throw new AssertionError(
            what + " did not come; the product " + state + ":\n" + Files.readString(err));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    killAll();
  }
}
