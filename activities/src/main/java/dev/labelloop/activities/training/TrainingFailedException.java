package dev.labelloop.activities.training;

/** A training cannot go on; the message says why and what to change. */
public final class TrainingFailedException extends RuntimeException {
  public TrainingFailedException(String message) {
    super(message);
  }
}
