package dev.labelloop.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code labelloop worker} as people run it: a process of its own, on given servers. */
public final class WorkerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final Path err;

  private WorkerProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
  }

  /**
   * Starts one.
   *
   * @param queues such as {@code predict,train}
   * @param threads of the detector
   */
  public static WorkerProcess start(Endpoints servers, Path home, String queues, int threads)
      throws IOException {
    Path err = Files.createTempFile(home.getParent(), "worker-", ".err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dai.djl.offline=true",
                "-Dai.djl.pytorch.num_threads=" + threads,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "worker",
                "--queues",
                queues,
                "--temporal",
                servers.temporal(),
                "--namespace",
                servers.namespace(),
                "--database",
                servers.database(),
                "--home",
                home.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(err.toFile())
            .start();
    return new WorkerProcess(process, err);
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Whether it serves its queues.
   *
   * @throws AssertionError if it has ended
   */
  public boolean serves() {
    try {
      String said = Files.readString(err);
      if (!process.isAlive()) {
        throw new AssertionError("worker ended with " + process.exitValue() + ":\n" + said);
      }
      return said.contains("serving");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** SIGTERM, and the end that it brings. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    kill();
  }
}
