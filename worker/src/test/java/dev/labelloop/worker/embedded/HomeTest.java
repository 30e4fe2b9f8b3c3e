package dev.labelloop.worker.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.worker.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
  private static final String MESSAGE =
      "is in use by process " + ProcessHandle.current().pid() + ": wait for it, stop it, or name";

  @TempDir Path temp;

  @Test
  void isRefusedWhileItIsInUse() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("home"));
    try (Home home = Home.open(temp.resolve("home"))) {
      assertThatThrownBy(() -> Home.open(link))
          .isInstanceOf(HomeInUseException.class)
          .hasMessageContaining(home.folder().toString())
          .hasMessageContaining(MESSAGE);
      // The refusal above must not have dropped the lock, as closing a second channel would.
      assertThat(openedByAnotherProcess(link)).contains(MESSAGE);
    }
    assertThat(openedByAnotherProcess(link)).isEqualTo("opened");
    Home.open(link).close();
  }

  @Test
  void namesAPlaceThatCannotBeAHome() throws Exception {
    Path file = Files.createFile(temp.resolve("file"));

    assertThatThrownBy(() -> Home.open(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("name a folder that you can write, with --home");
  }

  private static String openedByAnotherProcess(Path home) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Opener.class.getName(),
                home.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output.strip();
  }

  /** A process that opens a home and lets go of it. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] home) {
      try {
        Home.open(Path.of(home[0])).close();
        System.out.println("opened");
      } catch (HomeInUseException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
