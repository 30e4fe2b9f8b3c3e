package dev.labelloop.activities.format;

import java.nio.file.Path;

/** Reads labels that another tool has written, and lets no faulty one in. */
public interface LabelImporter {
  /** The name on the command line. */
  String name();

  /**
   * Reads a set of images.
   *
   * @param source a file or a folder, as the format has it
   * @throws InvalidLabelsException that names every fault found, up to a limit
   * @throws java.io.UncheckedIOException if it cannot be read for a reason that may pass
   */
  LabelFile read(Path source, ImportChecks checks);
}
