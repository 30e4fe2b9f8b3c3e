package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a running PostgreSQL writes into {@code postmaster.pid} of its data folder, line by line.
 *
 * @param pid first line
 * @param port fourth line
 * @param status eighth line: "starting" (or recovering), "ready", "stopping"; empty at first
 */
record PostmasterFile(long pid, int port, String status) {
  private static final int PID = 0;
  private static final int PORT = 3;
  private static final int STATUS = 7;
  private static final Pattern PORT_OPTION = Pattern.compile("\"port=(\\d{1,5})\"");

  /** Where it lies. */
  static Path in(Path data) {
    return data.resolve("postmaster.pid");
  }

  /** Reads it; empty if there is none, or none yet whole. */
  static Optional<PostmasterFile> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(in(data));
      if (lines.size() <= PORT) {
        return Optional.empty();
      }
      return Optional.of(
          new PostmasterFile(
              Long.parseLong(lines.get(PID).strip()),
              Integer.parseInt(lines.get(PORT).strip()),
              lines.size() > STATUS ? lines.get(STATUS).strip() : ""));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | NumberFormatException e) {
      throw new EmbeddedException(
          "cannot make sense of "
              + in(data)
              + ": stop any PostgreSQL that works in that folder, then delete the file",
          e);
    }
  }

  /** The port of the server that ran last, from the command line that PostgreSQL notes of it. */
  static OptionalInt formerPort(Path data) {
    try {
      Matcher port = PORT_OPTION.matcher(Files.readString(data.resolve("postmaster.opts")));
      return port.find() ? OptionalInt.of(Integer.parseInt(port.group(1))) : OptionalInt.empty();
    } catch (IOException e) {
      return OptionalInt.empty(); // none has run, or nobody can tell
    }
  }

  /** Whether it answers. */
  boolean isReady() {
    return status.equals("ready");
  }

  /** Whether it is on the way there, which takes as long as it takes. */
  boolean isStarting() {
    return status.equals("starting");
  }

  /** The process that wrote it, if it still lives and works in that folder. */
  Optional<ProcessHandle> process(Path data) {
    return ProcessTable.workingIn(data, pid);
  }
}
