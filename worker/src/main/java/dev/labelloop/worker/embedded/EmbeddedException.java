package dev.labelloop.worker.embedded;

/** A server could not be started; the message says why and what to mend. */
public final class EmbeddedException extends RuntimeException {
  public EmbeddedException(String message) {
    super(message);
  }

  public EmbeddedException(String message, Throwable cause) {
    super(message, cause);
  }
}
