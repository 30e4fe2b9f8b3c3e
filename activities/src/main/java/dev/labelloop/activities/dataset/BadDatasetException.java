package dev.labelloop.activities.dataset;

/**
 * The images, the holdout file or the classes of a campaign cannot be used.
 *
 * <p>The message names the file, what is wrong and what mends it; trying again gives the same.
 */
public final class BadDatasetException extends RuntimeException {
  /** A refusal with its whole reason. */
  public BadDatasetException(String reason) {
    super(reason);
  }
}
