package dev.labelloop.worker.durability;

import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.Main;
import java.io.IOException;
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
  private final Servers servers;
  private final Jvm jvm;

  private Product(Servers servers, Jvm jvm) {
    this.servers = servers;
    this.jvm = jvm;
  }

  /** Runs it on the home's own servers. */
  static Product run(Path specification, Path home) throws IOException {
    return run(specification, home, new HomeServers(home), List.of());
  }

  static Product run(Path specification, Path home, Servers servers, List<String> more)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("run", specification.toString(), "--home", home.toString(), "--json"));
    arguments.addAll(servers.options());
    arguments.addAll(more);
    return new Product(servers, start(home, "run", arguments));
  }

  /** A process of the product; what it says and its temporary files lie beside the home. */
  static Jvm start(Path home, String name, List<String> arguments) throws IOException {
    Path temporary = Files.createDirectories(temporary(home));
    List<String> options =
        List.of("-Xmx1g", "-Dai.djl.offline=true", "-Djava.io.tmpdir=" + temporary);
    return Jvm.start(
        home.getParent(), home.getFileName() + "-" + name, options, Main.class, arguments);
  }

  /** Where the processes of a home keep what is to be gone when they are. */
  static Path temporary(Path home) {
    return home.resolveSibling(home.getFileName() + "-tmp");
  }

  Jvm jvm() {
    return jvm;
  }

  boolean isAlive() {
    return jvm.isAlive();
  }

  /** Where its servers are, once they are up. */
  Optional<Endpoints> endpoints() {
    return servers.endpoints();
  }

  /** SIGKILL of the JVM alone: PostgreSQL and Temporal stay behind. */
  void killAlone() {
    jvm.kill();
  }

  /** SIGKILL of the JVM, of what it started, and of servers that die with it, at once. */
  void killAll() {
    List<ProcessHandle> all = new ArrayList<>();
    all.add(jvm.handle());
    jvm.handle().descendants().forEach(all::add);
    if (servers.dieWithTheHome()) {
      // A start may have taken over older ones: then they are nobody's children.
      Stream.of(servers.postgres(), servers.temporal())
          .flatMap(Optional::stream)
          .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
          .forEach(all::add);
    }
    all.forEach(ProcessHandle::destroyForcibly);
    jvm.handle().onExit().join();
  }

  /** Waits for the end; the last line of standard output. */
  String result(Duration most) throws Exception {
    if (!jvm.endsWithin(most)) {
      throw new AssertionError("not done after " + most + ":\n" + jvm.said());
    }
    List<String> lines = jvm.printed();
    if (jvm.exitCode() != 0 || lines.isEmpty()) {
      throw new AssertionError("exit code " + jvm.exitCode() + ":\n" + jvm.said());
    }
    return lines.get(lines.size() - 1);
  }

  /** Waits until something is so; fails if the product ends before or it takes too long. */
  void await(String what, Duration most, BooleanSupplier condition) throws Exception {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (!isAlive() || System.nanoTime() > end) {
        String state = isAlive() ? "runs" : "ended with " + jvm.exitCode();
        throw new AssertionError(what + " did not come; the product " + state + ":\n" + jvm.said());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Override
  public void close() {
    killAll();
  }
}
