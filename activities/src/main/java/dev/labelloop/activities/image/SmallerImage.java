package dev.labelloop.activities.image;

import java.util.Arrays;

/**
 * Makes pictures smaller for people's eyes: each target pixel is the mean of the area that it
 * covers, so that nothing thin is lost and nothing shimmers. Detectors see {@link Letterbox}.
 */
public final class SmallerImage {
  private SmallerImage() {}

  /**
   * A picture whose longer side is at most so long; the same one if it is no longer.
   *
   * @param side pixels
   */
  public static RgbImage of(RgbImage image, int side) {
    int longer = Math.max(image.width(), image.height());
    if (longer <= side) {
      return image;
    }
    return scaled(
        image, shorter(image.width(), side, longer), shorter(image.height(), side, longer));
  }

  private static int shorter(int length, int side, int longer) {
    return Math.max(1, (int) Math.round((double) length * side / longer));
  }

  private static RgbImage scaled(RgbImage image, int width, int height) {
    byte[] out = new byte[3 * width * height];
    float[] row = new float[3 * width];
    float[] sum = new float[3 * width];
    double step = (double) image.height() / height; // source rows a target row
    int scaledRow = -1;
    for (int y = 0; y < height; y++) {
      double top = y * step;
      double bottom = Math.min(image.height(), top + step);
      Arrays.fill(sum, 0);
      for (int source = (int) top; source < bottom; source++) {
        if (source != scaledRow) {
          scaleAcross(image, source, row);
          scaledRow = source;
        }
        float share = (float) (Math.min(bottom, source + 1.0) - Math.max(top, source));
        for (int i = 0; i < sum.length; i++) {
          sum[i] += share * row[i];
        }
      }
      put(sum, (float) (bottom - top), out, y * sum.length);
    }
    return new RgbImage(width, height, out);
  }

  /** One source row, as wide as the target. */
  private static void scaleAcross(RgbImage image, int y, float[] to) {
    byte[] rgb = image.rgb();
    int start = 3 * y * image.width();
    int width = to.length / 3;
    double step = (double) image.width() / width;
    for (int x = 0; x < width; x++) {
      double left = x * step;
      double right = Math.min(image.width(), left + step);
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int source = (int) left; source < right; source++) {
        float share = (float) (Math.min(right, source + 1.0) - Math.max(left, source));
        int at = start + 3 * source;
        red += share * (rgb[at] & 0xff);
        green += share * (rgb[at + 1] & 0xff);
        blue += share * (rgb[at + 2] & 0xff);
      }
      float covered = (float) (right - left);
      to[3 * x] = red / covered;
      to[3 * x + 1] = green / covered;
      to[3 * x + 2] = blue / covered;
    }
  }

  private static void put(float[] sum, float covered, byte[] out, int at) {
    for (int i = 0; i < sum.length; i++) {
      out[at + i] = (byte) Math.min(255, Math.round(sum[i] / covered));
    }
  }
}
