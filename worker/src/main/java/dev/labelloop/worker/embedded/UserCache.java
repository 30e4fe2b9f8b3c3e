package dev.labelloop.worker.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** What is fetched or unpacked once a user: {@code $XDG_CACHE_HOME/labelloop}. */
final class UserCache {
  private final Path folder;

  UserCache(Path folder) {
    this.folder = folder;
  }

  /** The cache of this user. */
  static UserCache ofUser() {
    Path base =
        Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
            .filter(s -> !s.isBlank())
            .map(Path::of)
            .orElse(Path.of(System.getProperty("user.home"), ".cache"));
    return new UserCache(base.resolve("labelloop"));
  }

  /** Fills a folder. */
  interface Filler {
    void fill(Path folder) throws IOException;
  }

  /** The entry of this name, if it is there. */
  Optional<Path> find(String name) {
    return Optional.of(folder.resolve(name)).filter(Files::isDirectory);
  }

  /** The entry of this name, filled first if it is missing; it appears whole or not at all. */
  Path get(String name, Filler filler) {
    Path entry = folder.resolve(name);
    if (Files.isDirectory(entry)) {
      return entry;
    }
    try {
      Files.createDirectories(folder);
      Path fresh = Files.createTempDirectory(folder, name + ".");
      try {
        filler.fill(fresh);
        publish(fresh, entry);
      } finally {
        delete(fresh);
      }
      return entry;
    } catch (IOException e) {
      throw new EmbeddedException(
          "cannot fill the cache " + entry + ": " + e.getMessage() + "; free some space there", e);
    }
  }

  private static void publish(Path fresh, Path entry) throws IOException {
    try {
      Files.move(fresh, entry, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(entry)) { // else another process was faster
        throw e;
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(path);
        }
      }
    }
  }
}
