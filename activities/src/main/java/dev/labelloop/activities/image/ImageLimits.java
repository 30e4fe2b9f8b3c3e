package dev.labelloop.activities.image;

/**
 * How large an image file may be; checked before memory is taken for its pixels.
 *
 * @param maxPixels width × height at most
 * @param maxBytes length of the file at most
 */
public record ImageLimits(long maxPixels, long maxBytes) {
  /**
   * 100 million pixels are 300 MB once decoded, as much as a worker with 2 GB of heap and two
   * threads can hold; larger pictures are to be tiled, a detector input of some hundred pixels
   * would not show their objects. A JPEG of that many pixels at best quality stays below 128 MiB.
   */
  public static final ImageLimits DEFAULT = new ImageLimits(100_000_000, 128L << 20);

  public ImageLimits {
    if (maxPixels < 1 || maxPixels > Integer.MAX_VALUE / 4) { // three bytes a pixel in one array
      throw new IllegalArgumentException(
          "maxPixels must lie in [1, " + Integer.MAX_VALUE / 4 + "]: " + maxPixels);
    }
    if (maxBytes < 1 || maxBytes > Integer.MAX_VALUE - 8) { // the file is read into one array
      throw new IllegalArgumentException(
          "maxBytes must lie in [1, " + (Integer.MAX_VALUE - 8) + "]: " + maxBytes);
    }
  }
}
