package dev.labelloop.activities.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a picture process ended.
 *
 * @param kind whose doing it was
 * @param text for a person: signal or exit code, where the crash is told of
 */
record ProcessEnd(Kind kind, String text) {
  private static final int KILLED = 128 + 9;
  private static final int OUT_OF_MEMORY = 3; // of -XX:+ExitOnOutOfMemoryError
  private static final int LAST_EXIT_CODE = 128;
  private static final String FRAME = "# Problematic frame:";

  /** Whose doing an end was. */
  enum Kind {
    /** Its own: a crash in native code, or no memory left for the picture. */
    CRASHED,
    /** It had a picture's bytes and did not answer in time, and we ended it. */
    HUNG,
    /** It waited too long for a picture's bytes, and we ended it: no picture is to blame. */
    STALLED,
    /** SIGKILL by somebody else: a person, or the system for want of memory. */
    KILLED
  }

  /**
   * The end of a process that we did not end.
   *
   * @param code as {@link Process#exitValue}
   * @param crashLog where the JVM tells of a crash, if it does
   */
  static ProcessEnd of(int code, Path crashLog) {
    if (code == KILLED) {
      return new ProcessEnd(Kind.KILLED, "signal 9");
    }
    if (Files.exists(crashLog)) {
      return new ProcessEnd(Kind.CRASHED, crash(crashLog) + ", see " + crashLog);
    }
    if (code == OUT_OF_MEMORY) {
      return new ProcessEnd(Kind.CRASHED, "exit code 3, out of memory");
    }
    return new ProcessEnd(
        Kind.CRASHED,
        code > LAST_EXIT_CODE ? "signal " + (code - LAST_EXIT_CODE) : "exit code " + code);
  }

  /** The signal and the place, as in {@code SIGSEGV (0xb) in C [libjavajpeg.so+0x1]}. */
  private static String crash(Path log) {
    try {
      List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
      String signal =
          lines.stream().filter(line -> line.contains(" at pc=")).findFirst().orElse("a crash");
      int frame = lines.indexOf(FRAME) + 1;
      String place = frame > 0 && frame < lines.size() ? " in " + plain(lines.get(frame)) : "";
      return plain(signal.replaceAll(" at pc=.*", "")) + place;
    } catch (IOException e) {
      return "a crash"; // the log is a convenience, and is named
    }
  }

  private static String plain(String line) {
    return line.replaceFirst("^#", "").replaceAll("\\s+", " ").strip();
  }
}
