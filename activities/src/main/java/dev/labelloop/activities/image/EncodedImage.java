package dev.labelloop.activities.image;

/** A recognised image file whose header has been read and whose pixels have not. */
interface EncodedImage {
  /** Pixels in a stored row, as the header claims. */
  int width();

  /** Stored rows, as the header claims. */
  int height();

  /** How the stored rows must be turned. */
  Orientation orientation();

  /**
   * Decodes the pixels as they are stored, not turned: {@code width * height * 3} bytes, red first.
   *
   * @throws ImageRejectedException if the file is damaged
   */
  byte[] decode();
}
