package dev.labelloop.activities.sandbox;

import dev.labelloop.activities.detector.Inference;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.image.ImageRejectedException;
import dev.labelloop.core.ImageId;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** What is done to pictures where native code may crash; safe for use by many threads. */
public interface PictureWork extends AutoCloseable {
  /**
   * Reads, hashes and decodes a file.
   *
   * @param path relative to the folder, with forward slashes; names the file in messages
   * @param step called when the file's bytes are there and before each other wait, of {@link
   *     Sandbox#LONGEST_WAIT} and some seconds at most; what it throws ends the work
   * @throws ImageRejectedException if it is no image, damaged, closed to us or beyond the limits
   * @throws UncheckedIOException if it cannot be read, which may pass
   */
  Picture check(Path folder, String path, Runnable step);

  /**
   * Makes a model ready; {@link #predict} does it too where it is not.
   *
   * @throws dev.labelloop.activities.detector.InvalidModelException if it cannot be used
   */
  void load(ModelFiles model);

  /**
   * Decodes a registered image and asks a model about it.
   *
   * @param path as in {@link #check}
   * @param step as in {@link #check}
   * @throws ImageRejectedException if the file is gone, changed since it was registered, or damaged
   * @throws dev.labelloop.activities.detector.InvalidModelException if the model cannot be used
   * @throws UncheckedIOException if the file cannot be read, which may pass
   */
  Inference predict(ModelFiles model, Path folder, ImageId image, String path, Runnable step);

  @Override
  void close();
}
