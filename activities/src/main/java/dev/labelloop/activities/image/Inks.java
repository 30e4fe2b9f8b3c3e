package dev.labelloop.activities.image;

import java.awt.image.Raster;

/**
 * Turns a JPEG's four inks into red, green, blue without a colour profile, as OpenCV and Pillow do:
 * red = (1 − cyan) × (1 − black), and so on.
 */
final class Inks {
  private Inks() {}

  /**
   * The picture in three channels.
   *
   * @param raster four samples a pixel, as stored
   * @param ycc whether the first three are luma and chroma of the inks (YCCK)
   * @param inverted whether 255 stands for no ink, as Adobe programs write it
   */
  static byte[] rgb(Raster raster, boolean ycc, boolean inverted) {
    int width = raster.getWidth();
    byte[] rgb = new byte[3 * width * raster.getHeight()];
    int[] row = new int[4 * width];
    int[] light = new int[3];
    int at = 0;
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int i = 0; i < row.length; i += 4) {
        if (ycc) {
          fromYcc(row[i], row[i + 1], row[i + 2], light);
        } else {
          System.arraycopy(row, i, light, 0, 3);
        }
        int paper = inverted ? row[i + 3] : 255 - row[i + 3];
        for (int ink : light) {
          rgb[at++] = (byte) (((inverted ? ink : 255 - ink) * paper + 127) / 255);
        }
      }
    }
    return rgb;
  }

  /** Inks of luma and chroma: 255 less the JFIF conversion (JFIF 1.02, page 3). */
  private static void fromYcc(int luma, int cb, int cr, int[] inks) {
    double blue = cb - 128;
    double red = cr - 128;
    inks[0] = 255 - level(luma + 1.402 * red);
    inks[1] = 255 - level(luma - 0.344136 * blue - 0.714136 * red);
    inks[2] = 255 - level(luma + 1.772 * blue);
  }

  private static int level(double value) {
    return (int) Math.max(0, Math.min(255, value + 0.5));
  }
}
