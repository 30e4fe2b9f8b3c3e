package dev.labelloop.activities.format;

import dev.labelloop.activities.storage.Folders;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** A folder with a file for each image, made beside its place and put there when it is whole. */
public final class OutputFolder {
  private final Path folder;
  private final Map<String, String> owners = new HashMap<>();

  private OutputFolder(Path folder) {
    this.folder = folder;
  }

  /** Writes the files of a folder. */
  public interface Content {
    void write(OutputFolder folder) throws IOException;
  }

  /**
   * Writes a folder, which must not be there yet or be empty.
   *
   * @throws IllegalArgumentException if it is there, or a file cannot be told from another
   * @throws UncheckedIOException if it cannot be written; nothing is left then
   */
  public static void write(Path target, Content content) {
    Path absolute = target.toAbsolutePath();
    try {
      if (isTaken(absolute)) {
        throw new IllegalArgumentException(
            target + " is there already: remove it, or export to a new folder");
      }
      Path temporary = absolute.resolveSibling(".labels-" + UUID.randomUUID());
      try {
        Files.createDirectories(temporary);
        content.write(new OutputFolder(temporary));
        Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Folders.delete(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  private static boolean isTaken(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Files.exists(folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isPresent();
    }
  }

  /**
   * Writes the file of an image.
   *
   * @param name its path in the folder, with forward slashes
   * @param image the image's path, for messages
   * @throws IllegalArgumentException if another image has this file, or the path leads out
   */
  public void file(String name, String image, OutputFile.Content content) throws IOException {
    String other = owners.put(name, image);
    if (other != null) {
      throw new IllegalArgumentException(
          "images '"
              + other
              + "' and '"
              + image
              + "' share one label file, "
              + name
              + ": rename one of them");
    }
    Path file = folder.resolve(name).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new IllegalArgumentException("image path '" + image + "' leads out");
    }
    Files.createDirectories(file.getParent());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      content.write(out);
    }
  }
}
