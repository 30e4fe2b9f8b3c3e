package dev.labelloop.activities.training;

import java.nio.file.Path;
import java.util.Optional;

/** Where a training keeps what it needs to go on after a crash. */
public interface Checkpoints {
  /** The newest whole checkpoint, if any. */
  Optional<Path> newest();

  /**
   * Publishes a finished checkpoint file in place of older ones, by an atomic rename.
   *
   * @param finished a temporary file in {@link #folder}
   */
  void publish(Path finished);

  /** The folder for temporary files, on the same file system as the checkpoints. */
  Path folder();
}
