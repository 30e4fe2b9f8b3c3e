package dev.labelloop.activities.storage;

import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The images of one campaign: a folder that is only read.
 *
 * <p>Which file an id stands for is told by the database; the store makes sure that the file is
 * still the one that was registered. Safe for use by many threads.
 */
public final class ImageStore {
  private final Path folder;
  private final ImageDecoder decoder;

  /** The images under this folder. */
  public ImageStore(Path folder, ImageDecoder decoder) {
    this.folder = folder.toAbsolutePath().normalize();
    this.decoder = decoder;
  }

  /** The id of a file's bytes. */
  public static ImageId idOf(byte[] file) {
    return new ImageId(Sha256.hex(file));
  }

  /**
   * Where a registered image lies.
   *
   * @param path relative to the folder, with forward slashes
   * @throws IllegalArgumentException if it leads out of the folder
   */
  public Path file(String path) {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new IllegalArgumentException("path '" + path + "' leads out of " + folder);
    }
    return file;
  }

  /**
   * Reads a registered image's bytes.
   *
   * @throws ImageRejectedException if the file is gone, closed to us or has changed since it was
   *     registered
   * @throws UncheckedIOException if it cannot be read, which may pass
   */
  public byte[] bytes(ImageId id, String path) {
    Path file = file(path);
    if (Files.notExists(file) && !isEmpty(file.resolveSibling(""))) {
      throw new ImageRejectedException(file + " is gone: put it back, or start a new campaign");
    }
    if (Files.exists(file) && !(Files.isRegularFile(file) && Files.isReadable(file))) {
      throw new ImageRejectedException(
          file + " can no more be read: make it a file again that this user may read");
    }
    byte[] bytes = decoder.bytes(file);
    ImageId found = idOf(bytes);
    if (!found.equals(id)) {
      throw new ImageRejectedException(
          file
              + " has changed since it was registered: its SHA-256 was "
              + id
              + " and is "
              + found
              + "; put the old file back, or start a new campaign");
    }
    return bytes;
  }

  /**
   * Decodes a registered image, upright.
   *
   * @throws ImageRejectedException if the file is gone, changed since it was registered, or damaged
   * @throws UncheckedIOException if it cannot be read, which may pass
   */
  public RgbImage open(ImageId id, String path) {
    return decoder.decode(bytes(id, path), path);
  }

  /** As a missing folder is, or the place of a disk or share that is not mounted now. */
  private static boolean isEmpty(Path folder) {
    if (!Files.isDirectory(folder)) {
      return true;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      return !files.iterator().hasNext();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e.getMessage(), e);
    }
  }
}
