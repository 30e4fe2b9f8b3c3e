package dev.labelloop.activities.evaluation.coco;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A COCO file cannot be evaluated; the message names the file, the entry, its value and the mend.
 * Whoever wrote the file can mend it, a retry cannot.
 */
public final class InvalidCocoException extends RuntimeException {
  InvalidCocoException(Path file, String problem) {
    this(file, problem, null);
  }

  InvalidCocoException(Path file, String problem, @Nullable Throwable cause) {
    super(file + ": " + problem, cause);
  }
}
