package dev.labelloop.activities.image;

/**
 * A file cannot be used as an image; reading it again gives the same.
 *
 * <p>The message names the file, what is wrong and what mends it. Whoever owns the file should act;
 * the image goes to quarantine and everything else goes on.
 */
public class ImageRejectedException extends RuntimeException {
  /** A rejection with its whole reason. */
  public ImageRejectedException(String reason) {
    super(reason);
  }

  /** A rejection that a decoder caused. */
  public ImageRejectedException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
