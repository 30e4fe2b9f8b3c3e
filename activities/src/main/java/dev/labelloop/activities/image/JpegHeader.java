package dev.labelloop.activities.image;

/**
 * What the segments before a JPEG's first scan tell.
 *
 * @param width stored, pixels
 * @param height stored, pixels
 * @param components samples a pixel: 1, 3 or 4
 * @param orientation from the Exif segment
 * @param colours what the components mean
 * @param adobe whether an Adobe segment is present; four inks are stored inverted then
 */
record JpegHeader(
    int width,
    int height,
    int components,
    Orientation orientation,
    Colours colours,
    boolean adobe) {

  /** Meaning of the components, and the Adobe segment's number for it. */
  enum Colours {
    GREY(0),
    RGB(0),
    YCC(1),
    CMYK(0),
    YCCK(2);

    private final int adobeTransform;

    Colours(int adobeTransform) {
      this.adobeTransform = adobeTransform;
    }

    int adobeTransform() {
      return adobeTransform;
    }
  }
}
