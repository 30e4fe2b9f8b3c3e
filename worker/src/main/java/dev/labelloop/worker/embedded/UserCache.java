package dev.labelloop.worker.embedded;

import dev.labelloop.activities.storage.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What is fetched or unpacked once a user: {@code $XDG_CACHE_HOME/labelloop}, or {@code
 * ~/.cache/labelloop}.
 *
 * <p>One process at a time fills it. An entry appears whole or not at all.
 */
final class UserCache {
  /** Threads of one process share its file locks, so they need a lock of their own. */
  private static final Object FILLING = new Object();

  private static final String UNFINISHED = ".unfinished-";

  private final Path folder;

  UserCache(Path folder) {
    this.folder = folder;
  }

  /** The cache of this user. */
  static UserCache ofUser() {
    Path base =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .map(Path::of)
            .filter(Path::isAbsolute) // others are to be ignored, says the XDG specification
            .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    return new UserCache(base.resolve("labelloop"));
  }

  /** Fills a folder. */
  interface Filler {
    /** Whether it could. */
    boolean fill(Path folder) throws IOException;
  }

  /** The entry of this name, if it is there. */
  Optional<Path> find(String name) {
    return Optional.of(folder.resolve(name)).filter(Files::isDirectory);
  }

  /** The entry of this name, filled first if it is missing; empty if it could not be filled. */
  Optional<Path> get(String name, Filler filler) {
    return find(name).or(() -> locked(() -> find(name).or(() -> fill(name, filler))));
  }

  /** Takes an entry away; who runs a program of it goes on running it. */
  void remove(String name) {
    locked(
        () -> {
          Folders.delete(folder.resolve(name));
          return Optional.empty();
        });
  }

  private interface Work {
    Optional<Path> run();
  }

  private Optional<Path> locked(Work work) {
    synchronized (FILLING) {
      try {
        Files.createDirectories(folder);
        try (FileChannel file =
                FileChannel.open(
                    folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = file.lock()) {
          assert lock.isValid();
          return work.run();
        }
      } catch (IOException | UncheckedIOException e) {
        throw new EmbeddedException(
            "cannot use the cache "
                + folder
                + " ("
                + e.getMessage()
                + "): set XDG_CACHE_HOME to a folder that you can write, with 1 GB free",
            e);
      }
    }
  }

  private Optional<Path> fill(String name, Filler filler) {
    try {
      deleteUnfinished();
      Path fresh = Files.createTempDirectory(folder, UNFINISHED);
      try {
        if (!filler.fill(fresh)) {
          return Optional.empty();
        }
        Path entry = folder.resolve(name);
        Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(entry);
      } finally {
        Folders.delete(fresh);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of processes that were killed: no other can be filling now. */
  private void deleteUnfinished() throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
      for (Path path : left) {
        Folders.delete(path);
      }
    }
  }
}
