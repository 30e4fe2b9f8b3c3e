package dev.labelloop.worker.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Runs the tests of what the pages' scripts think, which need no browser. */
class ScriptsTest {
  private static final Path TESTS = Path.of("src", "test", "js");

  @Test
  void passTheirOwnTests() throws Exception {
    List<String> command = new ArrayList<>(List.of(TestBrowser.node().toString(), "--test"));
    command.addAll(files());
    assertThat(command).as("tests in %s", TESTS).hasSizeGreaterThan(2);

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(TESTS)) {
      return all.map(Path::toString)
          .filter(name -> name.matches(".*[.-]test\\.m?js"))
          .sorted()
          .toList();
    }
  }
}
