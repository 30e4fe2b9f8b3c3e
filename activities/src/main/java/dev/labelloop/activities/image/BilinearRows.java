package dev.labelloop.activities.image;

/**
 * Scales a picture row by row, bilinearly, with half-pixel centres and without antialiasing.
 *
 * <p>Arithmetic is that of OpenCV's INTER_LINEAR for bytes, because published weights were trained
 * on its output: weights in units of 1/2048, rounded half to even; the row sums lose four bits, the
 * products sixteen, and the last two bits are rounded (modules/imgproc/src/resize.cpp, {@code
 * VResizeLinear}). Each source row is scaled across once and kept while the next target row still
 * needs it.
 */
final class BilinearRows {
  private static final int ONE = 2048;

  private final RgbImage image;
  private final Axis across;
  private final Axis down;
  private int[] upper;
  private int[] lower;
  private int upperRow = -1;
  private int lowerRow = -1;

  /** Rows of this picture at another size. */
  BilinearRows(RgbImage image, int width, int height) {
    this.image = image;
    this.across = Axis.of(image.width(), width, 3);
    this.down = Axis.of(image.height(), height, 1);
    this.upper = new int[3 * width];
    this.lower = new int[3 * width];
  }

  /** Writes target row {@code y}, whole levels 0 to 255, each channel from its own place on. */
  void write(int y, float[] out, int red, int green, int blue) {
    scaleSourceRows(down.low[y], down.high[y]);
    int a = down.lowWeight[y];
    int b = down.highWeight[y];
    int[] top = upper;
    int[] bottom = lower;
    int width = top.length / 3;
    for (int x = 0, i = 0; x < width; x++, i += 3) {
      out[red + x] = level(top[i], a, bottom[i], b);
      out[green + x] = level(top[i + 1], a, bottom[i + 1], b);
      out[blue + x] = level(top[i + 2], a, bottom[i + 2], b);
    }
  }

  private static int level(int top, int a, int bottom, int b) {
    return (((a * (top >> 4)) >> 16) + ((b * (bottom >> 4)) >> 16) + 2) >> 2;
  }

  private void scaleSourceRows(int top, int bottom) {
    if (top == lowerRow) {
      int[] free = upper;
      upper = lower;
      upperRow = lowerRow;
      lower = free;
      lowerRow = -1;
    }
    if (top != upperRow) {
      scaleAcross(top, upper);
      upperRow = top;
    }
    if (bottom != lowerRow) {
      scaleAcross(bottom, lower);
      lowerRow = bottom;
    }
  }

  private void scaleAcross(int row, int[] to) {
    byte[] rgb = image.rgb();
    int start = row * 3 * image.width();
    for (int x = 0, i = 0; i < to.length; x++, i += 3) {
      int left = start + across.low[x];
      int right = start + across.high[x];
      int a = across.lowWeight[x];
      int b = across.highWeight[x];
      to[i] = (rgb[left] & 0xff) * a + (rgb[right] & 0xff) * b;
      to[i + 1] = (rgb[left + 1] & 0xff) * a + (rgb[right + 1] & 0xff) * b;
      to[i + 2] = (rgb[left + 2] & 0xff) * a + (rgb[right + 2] & 0xff) * b;
    }
  }

  /** For each target pixel its two source places and their weights in units of 1/2048. */
  private record Axis(int[] low, int[] high, int[] lowWeight, int[] highWeight) {
    static Axis of(int source, int target, int stride) {
      Axis axis = new Axis(new int[target], new int[target], new int[target], new int[target]);
      double step = 1 / ((double) target / source);
      for (int i = 0; i < target; i++) {
        float at = (float) ((i + 0.5) * step - 0.5);
        int low = (int) Math.floor(at);
        float share = at - low;
        if (low < 0 || low >= source - 1) { // beyond the outermost centres: the outermost pixel
          low = low < 0 ? 0 : source - 1;
          share = 0;
        }
        axis.low[i] = low * stride;
        axis.high[i] = Math.min(source - 1, low + 1) * stride;
        axis.lowWeight[i] = (int) Math.rint((1 - share) * ONE);
        axis.highWeight[i] = (int) Math.rint(share * ONE);
      }
      return axis;
    }
  }
}
