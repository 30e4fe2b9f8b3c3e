package dev.labelloop.worker.embedded;

import dev.labelloop.worker.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A campaign home: the folder in which one process at a time keeps everything.
 *
 * <p>The operating system holds the lock and drops it when the process dies, however it dies.
 */
public final class Home implements AutoCloseable {
  /**
   * The homes of this very process. A second channel on a lock file would, when closed, drop the
   * lock of the first: so the file is not even opened twice.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private static final List<String> FOLDERS =
      List.of("postgres", "temporal", "models", "checkpoints", "logs");

  private final Path folder;
  private final FileChannel lockFile;

  private Home(Path folder, FileChannel lockFile) {
    this.folder = folder;
    this.lockFile = lockFile;
  }

  /**
   * Opens a home, making its folder if needed.
   *
   * @throws HomeInUseException if another process works in it
   * @throws BadInputException if it cannot be written
   */
  public static Home open(Path folder) {
    try {
      make(folder);
      Path real = folder.toRealPath(); // two spellings of one home are one home
      if (!OPEN.add(real)) {
        throw inUse(real, Long.toString(ProcessHandle.current().pid()));
      }
      try {
        return lock(real);
      } catch (IOException | RuntimeException e) {
        OPEN.remove(real);
        throw e;
      }
    } catch (IOException e) {
      throw new BadInputException(
          "home "
              + folder.toAbsolutePath().normalize()
              + " cannot be used ("
              + e
              + "): name a folder that you can write, with --home");
    }
  }

  private static Home lock(Path folder) throws IOException {
    FileChannel file =
        FileChannel.open(
            folder.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      FileLock lock = file.tryLock();
      if (lock == null) {
        throw inUse(folder, read(file));
      }
      file.truncate(0);
      String pid = Long.toString(ProcessHandle.current().pid());
      file.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)), 0);
      for (String name : FOLDERS) {
        make(folder.resolve(name));
      }
      return new Home(folder, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static void make(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) { // a link to a folder is one; createDirectories refuses it
      Files.createDirectories(folder);
    }
  }

  private static HomeInUseException inUse(Path folder, String pid) {
    return new HomeInUseException(
        "home "
            + folder
            + " is in use by process "
            + pid
            + ": wait for it, stop it, or name another --home");
  }

  private static String read(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    int n = file.read(bytes, 0);
    return n <= 0 ? "unknown" : new String(bytes.array(), 0, n, StandardCharsets.UTF_8);
  }

  /** The folder, absolute and without links. */
  public Path folder() {
    return folder;
  }

  /** PostgreSQL's data and password. */
  public Path postgres() {
    return folder.resolve("postgres");
  }

  /** Temporal's database and process file. */
  public Path temporal() {
    return folder.resolve("temporal");
  }

  /** Models, a folder each, named by hash. */
  public Path models() {
    return folder.resolve("models");
  }

  /** Checkpoints of trainings under way. */
  public Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** Logs of the servers and of this process. */
  public Path logs() {
    return folder.resolve("logs");
  }

  @Override
  public void close() {
    try {
      lockFile.close(); // and with it the lock
    } catch (IOException e) {
      throw new UncheckedIOException("cannot let go of home " + folder, e);
    } finally {
      OPEN.remove(folder);
    }
  }
}
