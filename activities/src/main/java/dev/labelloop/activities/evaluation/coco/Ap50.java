package dev.labelloop.activities.evaluation.coco;

import java.util.List;

/** AP at IoU .50 by class and size of object. */
public final class Ap50 {
  private static final List<AreaRange> SIZES = Protocol.sizes(AreaRange.SIZES);

  /** [R, K, A] at one threshold and one limit. */
  private final double[] precision;

  private final int classes;

  Ap50(double[] precision, int classes) {
    this.precision = precision;
    this.classes = classes;
  }

  /**
   * AP50 of a class's objects of one size: a fraction in [0, 1], or {@link CocoResult#UNDEFINED}
   * where there is no such object.
   */
  public double of(int classIndex, AreaRange size) {
    double[] points = new double[Protocol.RECALL_POINTS];
    for (int r = 0; r < points.length; r++) {
      points[r] = precision[(r * classes + classIndex) * SIZES.size() + SIZES.indexOf(size)];
    }
    return points[0] == CocoResult.UNDEFINED // all of a curve's points, or none
        ? CocoResult.UNDEFINED
        : NumpySum.TREE.of(points, points.length) / points.length;
  }
}
