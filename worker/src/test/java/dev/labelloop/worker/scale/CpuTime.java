package dev.labelloop.worker.scale;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Processor time of this process and of its servers: those that it started, and those whose
 * processes {@code LABELLOOP_SERVER_PIDS} names.
 */
final class CpuTime {
  /** Linux counts the times in /proc in hundredths of a second. */
  private static final double TICK = 0.01;

  /** Fields of /proc/PID/stat after the name: own user and system time, ended children's too. */
  private static final int USER = 11;

  private static final int LAST = 14;

  private CpuTime() {}

  /** Seconds so far. */
  static double seconds() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    double own = system.getProcessCpuTime() / 1e9;
    return own
        + Stream.concat(ProcessHandle.current().descendants(), given())
            .mapToDouble(process -> of(process.pid()))
            .sum();
  }

  private static Stream<ProcessHandle> given() {
    return Stream.of(System.getenv().getOrDefault("LABELLOOP_SERVER_PIDS", "").split(" ", -1))
        .filter(pid -> !pid.isEmpty())
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
  }

  /** Seconds of one process, and of its children that have ended. */
  static double of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double ticks = 0;
      for (int i = USER; i <= LAST; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks * TICK;
    } catch (NoSuchFileException e) {
      return 0; // it has ended; its parent's count has it
    } catch (IOException e) {
      throw new IllegalStateException("processor time can be read on Linux alone", e);
    }
  }
}
