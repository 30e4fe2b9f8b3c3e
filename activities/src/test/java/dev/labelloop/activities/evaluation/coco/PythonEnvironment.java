package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A Python with packages of its own under {@code target}, made once and kept between runs. */
final class PythonEnvironment {
  private static final int MINUTES = 5;
  private static final int LONGEST_OUTPUT = 2000;

  private PythonEnvironment() {}

  /** Its interpreter; skips the test, saying why, where there is no Python or no such package. */
  static Path with(String name, String... packages) throws IOException, InterruptedException {
    Path folder = Path.of("target", "python", name).toAbsolutePath();
    Path python = folder.resolve("bin/python");
    Path complete = folder.resolve("complete");
    if (!Files.exists(complete)) {
      require("no Python", List.of("python3", "-m", "venv", "--clear", folder.toString()));
      List<String> install =
          new ArrayList<>(List.of(python.toString(), "-m", "pip", "install", "--quiet"));
      install.addAll(List.of(packages));
      require("not to be had: " + String.join(" ", packages), install);
      Files.createFile(complete);
    }
    return python;
  }

  private static void require(String failure, List<String> command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("python", ".log");
    try {
      boolean done = succeeds(command, log);
      String output = Files.readString(log);
      Assumptions.assumeTrue(
          done,
          () ->
              "SKIPPED: "
                  + failure
                  + ", so nothing is compared with it: "
                  + output.substring(0, Math.min(output.length(), LONGEST_OUTPUT)));
    } finally {
      Files.delete(log);
    }
  }

  private static boolean succeeds(List<String> command, Path log)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      Files.writeString(log, String.valueOf(e.getMessage())); // there is no such program
      return false;
    }
    try {
      return process.waitFor(MINUTES, TimeUnit.MINUTES) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }
}
