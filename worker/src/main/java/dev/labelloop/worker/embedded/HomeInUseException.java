package dev.labelloop.worker.embedded;

/** Another process works in this home; the message names it. */
public final class HomeInUseException extends RuntimeException {
  public HomeInUseException(String message) {
    super(message);
  }
}
