package dev.labelloop.worker.demo;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** The classes of the demonstration, in the order of {@code classIndex}. */
enum Thing {
  BALL("ball") {
    @Override
    Shape outline() {
      return new Ellipse2D.Double(-1, -1, 2, 2);
    }
  },
  CRATE("crate") {
    @Override
    Shape outline() {
      return new Rectangle2D.Double(-1, -1, 2, 2);
    }
  },
  TENT("tent") {
    @Override
    Shape outline() {
      return rays(1, -90, 1, 30, 1, 150);
    }
  },
  STAR("star") {
    @Override
    Shape outline() {
      return rays(
          1, -90, 0.45, -54, 1, -18, 0.45, 18, 1, 54, 0.45, 90, 1, 126, 0.45, 162, 1, 198, 0.45,
          234);
    }
  };

  static final List<Thing> ALL = List.of(values());

  private final String className;

  Thing(String className) {
    this.className = className;
  }

  String className() {
    return className;
  }

  /** The shape around the origin, of radius 1. */
  abstract Shape outline();

  /** A shape of this class at a place; {@code radius} in pixels, {@code angle} in radians. */
  Shape at(double x, double y, double radius, double stretch, double angle) {
    AffineTransform place = AffineTransform.getTranslateInstance(x, y);
    place.rotate(angle);
    place.scale(radius, radius * stretch);
    return place.createTransformedShape(outline());
  }

  /** A polygon by its corners, each given as distance from the origin and angle in degrees. */
  private static Path2D rays(double... corners) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < corners.length; i += 2) {
      double angle = Math.toRadians(corners[i + 1]);
      double x = corners[i] * Math.cos(angle);
      double y = corners[i] * Math.sin(angle);
      if (i == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }
}
