package dev.labelloop.activities.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes a file beside its place and puts it there when it is whole. */
public final class OutputFile {
  private OutputFile() {}

  /** Writes the content of a file. */
  public interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file; its folder is made if missing.
   *
   * @throws UncheckedIOException if that fails; the old file is still there then
   */
  public static void write(Path target, Content content) {
    Path absolute = target.toAbsolutePath();
    try {
      Files.createDirectories(absolute.getParent());
      Path temporary = absolute.resolveSibling(".labels-" + UUID.randomUUID() + ".tmp");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(temporary))) {
          content.write(out);
        }
        Files.move(
            temporary,
            absolute,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target + ": " + e.getMessage(), e);
    }
  }
}
