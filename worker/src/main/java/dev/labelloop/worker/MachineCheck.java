package dev.labelloop.worker;

import dev.labelloop.activities.detector.DetectorFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the detector once a machine whether convolutions come out right here.
 *
 * <p>A worker that computes garbage would spoil a campaign without an error, so it must not start.
 * What was found is kept in the home for this processor and this release, because it costs seconds.
 */
final class MachineCheck {
  private static final Logger LOG = LoggerFactory.getLogger(MachineCheck.class);
  private static final String MARKER = "convolutions-checked";
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  private final Path marker;
  private final String machine;

  /** A check that remembers its result in this folder. */
  MachineCheck(Path home) {
    this(home, describeMachine());
  }

  MachineCheck(Path home, String machine) {
    this.marker = home.resolve(MARKER);
    this.machine = machine;
  }

  /**
   * Checks unless this machine was found right before.
   *
   * @throws dev.labelloop.activities.detector.nn.WrongConvolutionException if it computes wrongly
   */
  void require(DetectorFamily family, int classes, int input) {
    try {
      if (Files.exists(marker) && Files.readString(marker).equals(machine)) {
        return;
      }
      LOG.info("{}", family.selfCheck(family.sizes().get(0), classes, input));
      Files.createDirectories(marker.toAbsolutePath().getParent());
      Files.writeString(marker, machine);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + marker, e);
    }
  }

  /** What decides which kernels run. */
  private static String describeMachine() {
    String isa = System.getenv().getOrDefault("ONEDNN_MAX_CPU_ISA", "");
    String version = String.valueOf(MachineCheck.class.getPackage().getImplementationVersion());
    return String.join("\n", version, isa, Runtime.version().toString(), processor(), "");
  }

  private static String processor() {
    try (var lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name") || line.startsWith("flags"))
          .limit(2)
          .reduce("", (a, b) -> a + b);
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }
}
