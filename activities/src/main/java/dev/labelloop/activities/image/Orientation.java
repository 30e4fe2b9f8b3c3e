package dev.labelloop.activities.image;

/**
 * How stored rows of pixels must be turned so that the picture stands upright.
 *
 * <p>Values of the Exif tag 0x0112 (Exif 2.32, section 4.6.4).
 */
public enum Orientation {
  /** 1: as stored. */
  UPRIGHT(1),
  /** 2: mirrored left to right. */
  MIRRORED(2),
  /** 3: turned by 180 degrees. */
  UPSIDE_DOWN(3),
  /** 4: mirrored top to bottom. */
  FLIPPED(4),
  /** 5: mirrored about the main diagonal. */
  TRANSPOSED(5),
  /** 6: to be turned by 90 degrees clockwise. */
  CLOCKWISE(6),
  /** 7: mirrored about the other diagonal. */
  TRANSVERSED(7),
  /** 8: to be turned by 90 degrees counter-clockwise. */
  COUNTER_CLOCKWISE(8);

  private final int code;

  Orientation(int code) {
    this.code = code;
  }

  /** The orientation with this Exif code; 1 for codes that Exif does not define. */
  static Orientation ofCode(int code) {
    for (Orientation orientation : values()) {
      if (orientation.code == code) {
        return orientation;
      }
    }
    return UPRIGHT;
  }

  /** The Exif code, 1 to 8. */
  public int code() {
    return code;
  }

  /** Whether the upright picture is as wide as the stored one is high. */
  public boolean swapsSides() {
    return code >= TRANSPOSED.code;
  }

  /**
   * Turns stored pixels upright.
   *
   * @param rgb {@code width * height * 3} bytes, row by row
   * @param width of a stored row, pixels
   * @param height stored rows
   * @return the same array where nothing is to be turned
   */
  byte[] upright(byte[] rgb, int width, int height) {
    if (this == UPRIGHT) {
      return rgb;
    }
    int last = width * height - 1;
    int lastInRow = width - 1;
    int lastRow = last - lastInRow; // the index of the last row's first pixel
    return switch (this) {
      case UPRIGHT -> rgb;
      case MIRRORED -> walk(rgb, width, height, lastInRow, -1, width);
      case UPSIDE_DOWN -> walk(rgb, width, height, last, -1, -width);
      case FLIPPED -> walk(rgb, width, height, lastRow, 1, -width);
      case TRANSPOSED -> walk(rgb, height, width, 0, width, 1);
      case CLOCKWISE -> walk(rgb, height, width, lastRow, -width, 1);
      case TRANSVERSED -> walk(rgb, height, width, last, -width, -1);
      case COUNTER_CLOCKWISE -> walk(rgb, height, width, lastInRow, width, -1);
    };
  }

  /**
   * Reads pixels from {@code first} on, {@code right} apart in a row, {@code down} apart between.
   */
  private static byte[] walk(byte[] from, int width, int height, int first, int right, int down) {
    byte[] to = new byte[from.length];
    int at = 0;
    for (int y = 0; y < height; y++) {
      int source = 3 * (first + y * down);
      for (int x = 0; x < width; x++) {
        to[at] = from[source];
        to[at + 1] = from[source + 1];
        to[at + 2] = from[source + 2];
        at += 3;
        source += 3 * right;
      }
    }
    return to;
  }
}
