package dev.labelloop.activities.detector;

/** A model file cannot be used; the message names the file, what is wrong and the mend. */
public final class InvalidModelException extends RuntimeException {
  public InvalidModelException(String message) {
    super(message);
  }

  public InvalidModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
