package dev.labelloop.activities.format;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Writes labels or predictions for another tool.
 *
 * <p>Images are taken one by one and none is kept, so a set may be larger than memory. The target
 * appears as a whole or not at all.
 */
public interface LabelExporter {
  /** The name on the command line. */
  String name();

  /** The ending of the one file that is written, such as {@code .json}; empty for a folder. */
  default String ending() {
    return "";
  }

  /**
   * Writes a set of images.
   *
   * @param target a file or a folder, as the format has it; a file is replaced
   * @throws UncheckedIOException if it cannot be written
   */
  void export(ClassTable classes, Iterator<ImageLabels> images, Path target);
}
