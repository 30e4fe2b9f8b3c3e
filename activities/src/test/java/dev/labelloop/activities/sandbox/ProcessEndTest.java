package dev.labelloop.activities.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.sandbox.ProcessEnd.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessEndTest {
  @TempDir private Path folder;

  @Test
  void readsSignalAndPlaceFromTheJvmsLog() throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("crash.log"),
            """
            #
            # A fatal error has been detected by the Java Runtime Environment:
            #
            #  SIGSEGV (0xb) at pc=0x00007fc71c4d2f94, pid=28624, tid=28625
            #
            # Problematic frame:
            # C  [libjavajpeg.so+0x1a2]  jpeg_fill_bit_buffer+0x2
            #
            """);

    assertThat(ProcessEnd.of(1, log))
        .isEqualTo(
            new ProcessEnd(
                Kind.CRASHED,
                "SIGSEGV (0xb) in C [libjavajpeg.so+0x1a2] jpeg_fill_bit_buffer+0x2, see " + log));
  }

  @Test
  void tellsKillsFromCrashesByTheExitCode() {
    assertThat(end(137)).isEqualTo(new ProcessEnd(Kind.KILLED, "signal 9"));
    assertThat(end(134)).isEqualTo(new ProcessEnd(Kind.CRASHED, "signal 6"));
    assertThat(end(3)).isEqualTo(new ProcessEnd(Kind.CRASHED, "exit code 3, out of memory"));
    assertThat(end(1)).isEqualTo(new ProcessEnd(Kind.CRASHED, "exit code 1"));
  }

  private ProcessEnd end(int code) {
    return ProcessEnd.of(code, folder.resolve("none"));
  }
}
