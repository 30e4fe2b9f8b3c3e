package dev.labelloop.activities.image;

/**
 * What a file tells about its picture before it is decoded.
 *
 * @param width pixels, upright
 * @param height pixels, upright
 * @param orientation how the stored rows must be turned to stand upright
 */
public record ImageHeader(int width, int height, Orientation orientation) {
  /** The header of a picture stored in rows of this width. */
  static ImageHeader ofStored(int width, int height, Orientation orientation) {
    return orientation.swapsSides()
        ? new ImageHeader(height, width, orientation)
        : new ImageHeader(width, height, orientation);
  }
}
