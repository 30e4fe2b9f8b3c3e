package dev.labelloop.activities.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that can be made again, in a folder that grows to a limit: then those go that nobody has
 * read for the longest time. The folder may be deleted at any time. Safe for use by many threads.
 */
public final class FileCache {
  private static final Logger LOG = LoggerFactory.getLogger(FileCache.class);

  /** Room is made for more than one file at a time, since looking through the folder takes long. */
  private static final double KEPT = 0.9;

  /** Noting every reading would write more than it reads. */
  private static final Duration NOTED_EVERY = Duration.ofHours(1);

  private final Path folder;
  private final long mostBytes;

  /** Of all files; below zero until they have been counted. */
  private long bytes = -1;

  /**
   * A cache.
   *
   * @param folder made when the first file is put there; nothing else may lie in it
   * @param mostBytes of all files together
   */
  public FileCache(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /**
   * The content of a file; null if it is not there.
   *
   * @param name relative, with forward slashes
   */
  public byte @Nullable [] find(String name) {
    Path file = folder.resolve(name);
    try {
      byte[] content = Files.readAllBytes(file);
      noteReading(file);
      return content;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      LOG.warn("{} cannot be read and is made again", file, e);
      return null;
    }
  }

  private static void noteReading(Path file) throws IOException {
    Instant now = Instant.now();
    if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(NOTED_EVERY))) {
      Files.setLastModifiedTime(file, FileTime.from(now));
    }
  }

  /** Puts a file there, whole or not at all; where that fails it is made again next time. */
  public void put(String name, byte[] content) {
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Path temporary = file.resolveSibling(UUID.randomUUID() + ".tmp");
      try {
        Files.write(temporary, content);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
      grow(content.length);
    } catch (IOException | UncheckedIOException e) { // such as a full disk: nothing is lost
      LOG.warn("{} cannot be kept", file, e);
    }
  }

  private synchronized void grow(long by) throws IOException {
    bytes = bytes < 0 ? size(files()) : bytes + by;
    if (bytes > mostBytes) {
      makeRoom();
    }
  }

  private void makeRoom() throws IOException {
    List<Kept> files = new ArrayList<>(files()); // the folder's word, not the sum's
    files.sort(Comparator.comparing(Kept::read));
    bytes = size(files);
    for (Kept file : files) {
      if (bytes <= mostBytes * KEPT) {
        return;
      }
      Files.deleteIfExists(file.path());
      bytes -= file.bytes();
    }
  }

  private record Kept(Path path, long bytes, FileTime read) {}

  private static long size(List<Kept> files) {
    return files.stream().mapToLong(Kept::bytes).sum();
  }

  private List<Kept> files() throws IOException {
    List<Kept> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Kept file = look(path);
        if (file != null) {
          files.add(file);
        }
      }
    }
    return files;
  }

  /** Null for a folder, and for a file that went meanwhile. */
  private static @Nullable Kept look(Path path) throws IOException {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      return file.isRegularFile() ? new Kept(path, file.size(), file.lastModifiedTime()) : null;
    } catch (NoSuchFileException e) {
      return null;
    }
  }
}
