package dev.labelloop.worker.report;

import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.Box;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * A picture inside the page, scaled down if it is large, for boxes to be drawn on.
 *
 * @param width units of the SVG
 * @param height units of the SVG
 * @param scale units of the SVG for a pixel of the picture
 * @param jpeg base64
 */
record EmbeddedPicture(int width, int height, double scale, String jpeg) {
  /**
   * Longest side: units of the SVG, so that letters are of one size on all pictures, and most
   * pixels: sharp in a grid, about 15 KB each.
   */
  private static final int LONGEST = 320;

  static EmbeddedPicture of(RgbImage pixels) {
    double scale = (double) LONGEST / Math.max(pixels.width(), pixels.height());
    double smaller = Math.min(1, scale);
    return new EmbeddedPicture(
        side(pixels.width() * scale),
        side(pixels.height() * scale),
        scale,
        jpeg(pixels, side(pixels.width() * smaller), side(pixels.height() * smaller)));
  }

  private static int side(double length) {
    return Math.max(1, (int) Math.round(length));
  }

  /** The SVG up to and with the picture; what is drawn on it and the closing tag follow. */
  String opening(String label) {
    return Html.format(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            + "<image width=\"%d\" height=\"%d\" href=\"data:image/jpeg;base64,%s\"/>",
        width, height, Html.escape(label), width, height, jpeg);
  }

  /** A rectangle where the box is. */
  String rectangle(Box box) {
    return Html.format(
        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>",
        box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale);
  }

  private static String jpeg(RgbImage pixels, int width, int height) {
    BufferedImage full =
        new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_INT_RGB);
    byte[] rgb = pixels.rgb();
    int[] row = new int[pixels.width()];
    for (int y = 0, at = 0; y < pixels.height(); y++) {
      for (int x = 0; x < row.length; x++, at += 3) {
        row[x] = (rgb[at] & 0xff) << 16 | (rgb[at + 1] & 0xff) << 8 | (rgb[at + 2] & 0xff);
      }
      full.setRGB(0, y, row.length, 1, row, 0, row.length);
    }
    BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(full, 0, 0, width, height, null);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(small, "jpeg", bytes)) {
        throw new IllegalStateException("this Java runtime cannot write JPEG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
