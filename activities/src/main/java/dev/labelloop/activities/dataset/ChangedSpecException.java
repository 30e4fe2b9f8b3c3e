package dev.labelloop.activities.dataset;

/** A campaign of this name is stored with another specification; the message names the key. */
public final class ChangedSpecException extends RuntimeException {
  public ChangedSpecException(String message) {
    super(message);
  }
}
