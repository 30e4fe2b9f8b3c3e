package dev.labelloop.worker.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildrenTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void endByForceIfTheyDoNotListen() throws Exception {
    Path log = folder.resolve("log");
    ProcessHandle deaf;
    try (Children children = new Children()) {
      deaf =
          children.start(
              Children.Ending.COMMAND,
              List.of("sh", "-c", "trap '' TERM INT; echo up; while :; do sleep 0.1; done"),
              folder,
              log);
      assertThat(Waiting.until(SOON, () -> ServerLog.from(log).file().toFile().length() > 0))
          .isTrue();
    }
    assertThat(ProcessTable.isAlive(deaf)).isFalse();
  }

  @Test
  void areNotStartedAfterTheEndHasBegun() {
    Children children = new Children();
    children.close();

    assertThatThrownBy(() -> children.run(SOON, List.of("true")))
        .isInstanceOf(EmbeddedException.class)
        .hasMessageContaining("this process is ending");
  }

  @Test
  void doNotInheritTheAllocatorOfTheDetector() {
    // Surefire sets these, as ./labelloop does.
    assertThat(System.getenv()).containsKeys("MALLOC_TRIM_THRESHOLD_", "GOMP_SPINCOUNT");

    try (Children children = new Children()) {
      assertThat(children.run(SOON, List.of("env")).output())
          .contains("PATH=")
          .doesNotContain("MALLOC_")
          .doesNotContain("GOMP_");
    }
  }

  @Test
  void areRecognisedByTheFolderTheyWorkIn() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    try (Children children = new Children()) {
      ProcessHandle child =
          children.start(
              Children.Ending.COMMAND, List.of("sleep", "33.25"), folder, folder.resolve("log"));
      assertThat(Waiting.until(SOON, () -> ProcessTable.arguments(child).contains("33.25")))
          .isTrue();

      assertThat(ProcessTable.workingIn(folder, "33.25")).containsExactly(child);
      assertThat(ProcessTable.workingIn(folder, child.pid())).contains(child);
      assertThat(ProcessTable.workingIn(other, child.pid())).isEmpty();
    }
  }
}
