package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Recognises the servers of a home by the folder that they work in. A number alone says nothing:
 * once its process is gone, another program may have it. A path alone says too little: folders move
 * while servers run.
 */
final class ProcessTable {
  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  /** Whether a process lives; one that ended but was not yet buried by its parent does not. */
  static boolean isAlive(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(of(pid).resolve("stat"));
      return stat.startsWith(") Z", stat.lastIndexOf(')')); // its name may hold anything
    } catch (IOException e) {
      return false; // gone, or a system without /proc
    }
  }

  /** The living process of this number, if it works in that folder. */
  static Optional<ProcessHandle> workingIn(Path folder, long pid) {
    return ProcessHandle.of(pid).filter(ProcessTable::isAlive).filter(p -> worksIn(p, folder));
  }

  /** All living processes that work in that folder and were started with that argument. */
  static List<ProcessHandle> workingIn(Path folder, String argument) {
    return ProcessHandle.allProcesses()
        .filter(p -> arguments(p).contains(argument))
        .filter(ProcessTable::isAlive)
        .filter(p -> worksIn(p, folder))
        .toList();
  }

  private static boolean worksIn(ProcessHandle process, Path folder) {
    try {
      return Files.isSameFile(of(process.pid()).resolve("cwd"), folder);
    } catch (NoSuchFileException e) {
      return !Files.isDirectory(PROC) && mentions(process, folder);
    } catch (IOException e) {
      return mentions(process, folder); // of another user, whose folder we may not see
    }
  }

  private static boolean mentions(ProcessHandle process, Path folder) {
    return arguments(process).stream().anyMatch(a -> Path.of(a).startsWith(folder));
  }

  /** The command line; empty where it cannot be seen. */
  static List<String> arguments(ProcessHandle process) {
    try {
      return List.of(Files.readString(of(process.pid()).resolve("cmdline")).split("\0"));
    } catch (NoSuchFileException e) {
      return process.info().arguments().map(List::of).orElse(List.of());
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Path of(long pid) {
    return PROC.resolve(Long.toString(pid));
  }
}
