package dev.labelloop.activities.format;

import dev.labelloop.core.Box;
import java.util.Optional;

/** Boxes that another tool lets people turn, which ours cannot be. */
public final class RotatedBox {
  private RotatedBox() {}

  /**
   * The smallest upright box around a turned one, as far as it lies in the image.
   *
   * @param degrees clockwise, as seen on the screen
   * @param pivotX the point that stays where it is
   * @param pivotY the point that stays where it is
   * @return nothing if no part of it lies in the image
   */
  public static Optional<Box> around(
      Box box, double degrees, double pivotX, double pivotY, ImageSize image) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double left = Double.POSITIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (double cornerX : new double[] {box.x(), box.right()}) {
      for (double cornerY : new double[] {box.y(), box.bottom()}) {
        double x = pivotX + (cornerX - pivotX) * cos - (cornerY - pivotY) * sin;
        double y = pivotY + (cornerX - pivotX) * sin + (cornerY - pivotY) * cos;
        left = Math.min(left, x);
        top = Math.min(top, y);
        right = Math.max(right, x);
        bottom = Math.max(bottom, y);
      }
    }
    return BoxChecks.cut(Box.ofCorners(left, top, right, bottom), image);
  }
}
