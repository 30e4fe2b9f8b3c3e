package dev.labelloop.worker.scale;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Processor time of this process and of the servers that it started. */
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
    return own + ProcessHandle.current().descendants().mapToDouble(child -> of(child.pid())).sum();
  }

  private static double of(long pid) {
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
