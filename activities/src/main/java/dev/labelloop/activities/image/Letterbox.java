package dev.labelloop.activities.image;

import dev.labelloop.core.Box;
import java.util.Arrays;

/**
 * Fits a picture into a square network input: scaled to fit, top-left, the rest grey.
 *
 * <p>The scale is r = min(S / height, S / width), the scaled size (int(width × r), int(height ×
 * r)), sampled as {@link BilinearRows} says.
 *
 * @param side of the network input, pixels
 * @param scale image pixels × scale = network pixels
 * @param width scaled, pixels
 * @param height scaled, pixels
 */
public record Letterbox(int side, double scale, int width, int height) {
  /** The grey of the border, on all three channels. */
  public static final int GREY = 114;

  /** The fit of a picture of this size. */
  public static Letterbox of(int side, int imageWidth, int imageHeight) {
    double r = Math.min((double) side / imageHeight, (double) side / imageWidth);
    return new Letterbox(
        side, r, Math.max(1, (int) (imageWidth * r)), Math.max(1, (int) (imageHeight * r)));
  }

  /** A box of the picture in network pixels. */
  public Box toNetwork(Box box) {
    return new Box(box.x() * scale, box.y() * scale, box.width() * scale, box.height() * scale);
  }

  /** A box of network pixels in pixels of the picture. */
  public Box toImage(Box box) {
    return new Box(box.x() / scale, box.y() / scale, box.width() / scale, box.height() / scale);
  }

  /**
   * Writes the fitted picture as three planes, blue, green, red, values 0 to 255.
   *
   * @param out at least {@code offset + 3 * side * side} long; other places are left alone
   */
  public void write(RgbImage image, float[] out, int offset) {
    int plane = side * side;
    BilinearRows rows = new BilinearRows(image, width, height);
    for (int y = 0; y < height; y++) {
      int at = offset + y * side;
      rows.write(y, out, at + 2 * plane, at + plane, at);
      for (int c = 0; c < 3; c++) {
        Arrays.fill(out, at + c * plane + width, at + c * plane + side, GREY);
      }
    }
    for (int c = 0; c < 3; c++) {
      Arrays.fill(out, offset + c * plane + height * side, offset + (c + 1) * plane, GREY);
    }
  }
}
