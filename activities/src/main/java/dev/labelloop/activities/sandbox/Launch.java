package dev.labelloop.activities.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a picture process is started: the same Java, classes and environment as this process. */
public final class Launch {
  /**
   * The shell lets nothing but the pipe's end and SIGKILL end the process (Ctrl-C and a service's
   * stop reach all processes of a group, and the worker may still finish its shard), writes no core
   * file, and gives the answers a pipe of their own: what is printed goes to the log.
   */
  private static final String SHELL = "trap '' HUP INT TERM; ulimit -c 0; exec \"$@\" 3>&1 1>&2";

  /**
   * For each picture that is decoded at once: the longest file (128 MiB), the pixels of the largest
   * (300 MB) and the same again where it is turned upright.
   */
  private static final int HEAP_OF_A_PICTURE_MIB = 1024;

  /**
   * And so much more, for one that has 16 bits a sample and an opacity: 800 MB before it is cut.
   */
  private static final int HEAP_MIB = 1024;

  private final Path logs;
  private final int pictures;
  private final Class<?> main;

  /**
   * A launch of the picture process.
   *
   * @param logs folder for what it prints and for the tales of crashes; made if it is missing
   * @param pictures that are decoded at once, at most
   */
  public Launch(Path logs, int pictures) {
    this(logs, pictures, PictureMain.class);
  }

  /** As the other, with a program of one's own. */
  Launch(Path logs, int pictures, Class<?> main) {
    this.logs = logs.toAbsolutePath();
    this.pictures = pictures;
    this.main = main;
  }

  /** Starts the process; it says by its first message that it is up. */
  Process start() {
    try {
      Files.createDirectories(logs);
      Path printed = logs.resolve("pictures.log");
      return new ProcessBuilder(command())
          .redirectError(ProcessBuilder.Redirect.appendTo(printed.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot start a process that reads pictures: " + e.getMessage(), e);
    }
  }

  /** Where the JVM of this process number tells of a crash. */
  Path crashLog(long pid) {
    return crashLog(Long.toString(pid));
  }

  private Path crashLog(String pid) {
    return logs.resolve("pictures-crash-" + pid + ".log");
  }

  private List<String> command() {
    List<String> command = new ArrayList<>(List.of("sh", "-c", SHELL, "sh"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(properties());
    command.addAll(
        List.of(
            "-Djava.awt.headless=true",
            "-XX:+UseSerialGC", // small, and gives back what a large picture took
            "-Xmx" + (HEAP_MIB + HEAP_OF_A_PICTURE_MIB * pictures) + "m", // taken only if needed
            "-XX:+ExitOnOutOfMemoryError", // the picture is tried again alone
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + crashLog("%p"),
            "-cp",
            System.getProperty("java.class.path"),
            main.getName()));
    return command;
  }

  /** What a person set by -D, such as the engine's threads; but two cannot serve one JMX port. */
  private static List<String> properties() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-D"))
        .filter(argument -> !argument.startsWith("-Dcom.sun.management"))
        .toList();
  }
}
