package dev.labelloop.worker.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Runs the tests of the pages' scripts, which need no browser, in Node. */
class ScriptsTest {
  private static final Path TESTS = Path.of("src/test/js");

  /** The first Node with {@code node --test} that prints what has failed. */
  private static final int OLDEST_NODE = 18;

  private static final long MINUTES = 5;

  @Test
  void theScriptsOfThePagesDoWhatTheirTestsSay() throws Exception {
    int node = version();
    if (node < OLDEST_NODE) {
      System.err.println(
          "SKIPPED: the tests of the pages' scripts need Node "
              + OLDEST_NODE
              + " or later on the PATH; found "
              + (node == 0 ? "none" : "Node " + node));
    }
    Assumptions.assumeTrue(node >= OLDEST_NODE, "no Node " + OLDEST_NODE + " on the PATH");

    List<String> command = new ArrayList<>(List.of("node", "--test"));
    command.addAll(tests());
    assertThat(command).as("test files below " + TESTS.toAbsolutePath()).hasSizeGreaterThan(2);
    Run run = run(command);

    assertThat(run.status).as("node --test:%n%s", run.output).isZero();
  }

  private static List<String> tests() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files.map(Path::toString).filter(f -> f.endsWith(".test.js")).sorted().toList();
    }
  }

  /** Of the Node on the PATH, 0 if there is none. */
  private static int version() throws Exception {
    try {
      String words = run(List.of("node", "--version")).output.strip(); // v20.20.2
      return Integer.parseInt(words.substring(1, words.indexOf('.')));
    } catch (IOException noNode) {
      return 0;
    }
  }

  private record Run(int status, String output) {}

  private static Run run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("node", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new AssertionError(
            command.get(0) + " took over " + MINUTES + " minutes:\n" + Files.readString(log));
      }
      return new Run(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
    } finally {
      Files.delete(log);
    }
  }
}
