package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The child processes of this process, which end with it.
 *
 * <p>Closing may come at any moment, from the shutdown hook while a server is just starting: from
 * then on nothing is started any more, and everything that was is ended.
 */
final class Children implements AutoCloseable {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** What ./labelloop sets for libtorch; servers would hoard memory by it. */
  private static final Set<String> OF_LIBTORCH = Set.of("LD_PRELOAD", "GOMP_SPINCOUNT");

  private static final String OF_THE_ALLOCATOR = "MALLOC_";
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /** How a process is asked to end: by one signal, then by another, at last by force. */
  enum Ending {
    /** "Fast": ends sessions, writes a checkpoint. "Immediate": the next start recovers. */
    POSTGRES("INT", "QUIT", Duration.ofSeconds(30)),
    TEMPORAL("TERM", "INT", Duration.ofSeconds(10)),
    COMMAND("TERM", "INT", Duration.ofSeconds(1));

    private final String first;
    private final String second;
    private final Duration patience;

    Ending(String first, String second, Duration patience) {
      this.first = first;
      this.second = second;
      this.patience = patience;
    }
  }

  private record Child(ProcessHandle process, Ending ending) {
    void ask() {
      send(process, ending.first);
    }

    void awaitOrForce() {
      if (!ended(ending.patience)) {
        send(process, ending.second);
      }
      if (!ended(ending.patience)) {
        process.destroyForcibly();
        ended(AT_ONCE);
      }
    }

    private boolean ended(Duration most) {
      boolean interrupted = Thread.interrupted(); // no reason to be less patient
      try {
        return Waiting.until(most, () -> !ProcessTable.isAlive(process));
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /** How a command ended; -1 where it could not even start. */
  record Result(int code, String output) {
    boolean ok() {
      return code == 0;
    }
  }

  private final List<Child> living = new ArrayList<>();
  private boolean closed;

  /**
   * Starts a server.
   *
   * <p>It gets a session of its own where the system can do that: Ctrl-C on a terminal reaches a
   * whole session, and servers must outlast the work that they carry.
   *
   * @param folder in which it works, by which it is recognised later
   * @param log that its output is added to
   */
  ProcessHandle start(Ending ending, List<String> command, Path folder, Path log) {
    List<String> all = new ArrayList<>(Files.isExecutable(SETSID) ? List.of("setsid") : List.of());
    all.addAll(command);
    ProcessBuilder builder =
        builder(all)
            .directory(folder.toFile())
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      return start(ending, builder).toHandle();
    } catch (IOException e) {
      throw new EmbeddedException("cannot start " + command.get(0) + ": " + e.getMessage(), e);
    }
  }

  private synchronized Process start(Ending ending, ProcessBuilder builder) throws IOException {
    if (closed) {
      throw new EmbeddedException("nothing is started any more, this process is ending");
    }
    living.removeIf(child -> !ProcessTable.isAlive(child.process));
    Process process = builder.start();
    living.add(new Child(process.toHandle(), ending));
    return process;
  }

  private static ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder
        .environment()
        .keySet()
        .removeIf(name -> OF_LIBTORCH.contains(name) || name.startsWith(OF_THE_ALLOCATOR));
    return builder;
  }

  /** Takes care of a server that an earlier process left running. */
  synchronized void adopt(Ending ending, ProcessHandle process) {
    living.add(new Child(process, ending));
  }

  /**
   * Runs a command to its end.
   *
   * @return its exit code and output
   * @throws EmbeddedException if it takes longer than that
   */
  Result run(Duration most, List<String> command) {
    try {
      Path output = Files.createTempFile("labelloop-", ".out");
      try (InputStream said = Files.newInputStream(output)) {
        Process process;
        try {
          process = start(Ending.COMMAND, builder(command).redirectOutput(output.toFile()));
        } finally {
          Files.delete(output); // it lives on while it is open, and not if this process is killed
        }
        if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
          end(Ending.COMMAND, process.toHandle());
          throw new EmbeddedException(command.get(0) + " did not end within " + most);
        }
        return new Result(
            process.exitValue(), new String(said.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      return new Result(-1, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedException("interrupted while running " + command.get(0), e);
    }
  }

  /** Ends one process, and returns when it is gone. */
  static void end(Ending ending, ProcessHandle process) {
    Child child = new Child(process, ending);
    child.ask();
    child.awaitOrForce();
  }

  /** By the shell's own kill: the program of that name is in no essential package. */
  private static void send(ProcessHandle process, String signal) {
    if (!ProcessTable.isAlive(process)) {
      return;
    }
    try {
      new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD) // "no such process": it ended just now
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new EmbeddedException("cannot end process " + process.pid() + ": no shell", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether closing has begun within that time. */
  synchronized boolean closedWithin(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    try {
      for (long left = most.toNanos(); !closed && left > 0; left = end - System.nanoTime()) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return closed;
  }

  /** Ends all of them, side by side, and returns when they are gone. */
  @Override
  public void close() {
    List<Child> all;
    synchronized (this) {
      closed = true;
      notifyAll();
      all = List.copyOf(living);
      living.clear();
    }
    all.forEach(Child::ask);
    all.forEach(Child::awaitOrForce);
  }
}
