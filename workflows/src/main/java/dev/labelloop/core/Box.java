package dev.labelloop.core;

/**
 * An axis-aligned bounding box in absolute pixels of the upright image.
 *
 * <p>{@code (x, y)} is the top-left corner, y grows downwards. Edges are continuous: a box from
 * x=10 with width 5 ends at x=15, and there is no "+1 pixel" anywhere.
 *
 * @param x left edge, pixels
 * @param y top edge, pixels
 * @param width pixels, greater than 0
 * @param height pixels, greater than 0
 */
public record Box(double x, double y, double width, double height) {
  public Box {
    if (!Double.isFinite(x) || !Double.isFinite(y)) {
      throw new IllegalArgumentException("box has no place: x=" + x + ", y=" + y);
    }
    if (!(width > 0) || !(height > 0)) { // "not greater" refuses NaN too
      throw new IllegalArgumentException("box has no area: width=" + width + ", height=" + height);
    }
    if (!Double.isFinite(width) || !Double.isFinite(height)) {
      throw new IllegalArgumentException("box has no end: width=" + width + ", height=" + height);
    }
  }

  /** The box between two corners, edges in pixels. */
  public static Box ofCorners(double left, double top, double right, double bottom) {
    return new Box(left, top, right - left, bottom - top);
  }

  /** Right edge, pixels. */
  public double right() {
    return x + width;
  }

  /** Bottom edge, pixels. */
  public double bottom() {
    return y + height;
  }

  /** Area in square pixels. */
  public double area() {
    return width * height;
  }

  /** Intersection over union: 0 when the boxes only touch, 1 when equal. */
  public double iou(Box other) {
    double w = Math.min(right(), other.right()) - Math.max(x, other.x);
    double h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    double intersection = w * h;
    return intersection / (area() + other.area() - intersection);
  }
}
