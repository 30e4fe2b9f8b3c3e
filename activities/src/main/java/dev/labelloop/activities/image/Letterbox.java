package dev.labelloop.activities.image;

import dev.labelloop.core.Box;
import java.util.Arrays;

/**
 * Fits a picture into a square network input: scaled to fit, top-left, the rest grey.
 *
 * <p>The scale is r = min(S / height, S / width), the scaled size (int(width × r), int(height ×
 * r)), sampling bilinear with half-pixel centres and without antialiasing, as OpenCV's
 * INTER_LINEAR; results are rounded to whole levels as OpenCV's are.
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

  /**
   * Writes the fitted picture as three planes, blue, green, red, values 0 to 255.
   *
   * @param out at least {@code offset + 3 * side * side} long
   */
  public void write(RgbImage image, float[] out, int offset) {
    int plane = side * side;
    Arrays.fill(out, offset, offset + 3 * plane, GREY);
    Axis across = Axis.of(image.width(), width);
    Axis down = Axis.of(image.height(), height);
    byte[] rgb = image.rgb();
    int rowBytes = 3 * image.width();
    for (int y = 0; y < height; y++) {
      int top = down.low[y] * rowBytes;
      int bottom = down.high[y] * rowBytes;
      float v = down.weight[y];
      int at = offset + y * side;
      for (int x = 0; x < width; x++) {
        int left = 3 * across.low[x];
        int right = 3 * across.high[x];
        float u = across.weight[x];
        for (int c = 0; c < 3; c++) {
          float upper = mix(rgb[top + left + c] & 0xff, rgb[top + right + c] & 0xff, u);
          float lower = mix(rgb[bottom + left + c] & 0xff, rgb[bottom + right + c] & 0xff, u);
          out[at + (2 - c) * plane + x] = (int) (mix(upper, lower, v) + 0.5f);
        }
      }
    }
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }

  /** For each target pixel its two source pixels and the share of the second. */
  @SuppressWarnings("ArrayRecordComponent") // lookup tables: never compared
  private record Axis(int[] low, int[] high, float[] weight) {
    static Axis of(int source, int target) {
      Axis axis = new Axis(new int[target], new int[target], new float[target]);
      double step = (double) source / target;
      for (int i = 0; i < target; i++) {
        double at = (i + 0.5) * step - 0.5;
        int low = (int) Math.floor(at);
        axis.weight[i] = (float) (at - low);
        axis.low[i] = Math.max(0, Math.min(source - 1, low));
        axis.high[i] = Math.max(0, Math.min(source - 1, low + 1));
      }
      return axis;
    }
  }
}
