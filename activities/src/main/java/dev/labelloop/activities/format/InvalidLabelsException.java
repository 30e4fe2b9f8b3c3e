package dev.labelloop.activities.format;

import org.jspecify.annotations.Nullable;

/**
 * A label file cannot be used; reading it again gives the same.
 *
 * <p>The message names the file and, for each fault, the entry, the value and what mends it.
 */
public final class InvalidLabelsException extends RuntimeException {
  /** A refusal with its whole reason. */
  public InvalidLabelsException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
