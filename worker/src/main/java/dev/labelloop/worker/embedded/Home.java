package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A campaign home: the folder in which one process at a time keeps everything.
 *
 * <p>The operating system holds the lock and drops it when the process dies, however it dies.
 */
public final class Home implements AutoCloseable {
  private final Path folder;
  private final FileChannel lockFile;
  private final FileLock lock;

  private Home(Path folder, FileChannel lockFile, FileLock lock) {
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Opens a home, making its folder if needed.
   *
   * @throws HomeInUseException if another process works in it
   */
  public static Home open(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      FileChannel file =
          FileChannel.open(
              absolute.resolve("lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = tryLock(file);
      if (lock == null) {
        String owner = read(file);
        file.close();
        throw new HomeInUseException(
            "home "
                + absolute
                + " is in use by process "
                + owner
                + ": wait for it, stop it, or name another --home");
      }
      file.truncate(0);
      file.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)),
          0);
      for (String name : new String[] {"postgres", "temporal", "models", "checkpoints", "logs"}) {
        Files.createDirectories(absolute.resolve(name));
      }
      return new Home(absolute, file, lock);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot work in home " + absolute + ": name a folder that can be written", e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // this very process holds it
    }
  }

  private static String read(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    int n = file.read(bytes, 0);
    return n <= 0 ? "unknown" : new String(bytes.array(), 0, n, StandardCharsets.UTF_8);
  }

  /** The folder, absolute. */
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
      lock.release();
      lockFile.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot let go of home " + folder, e);
    }
  }
}
