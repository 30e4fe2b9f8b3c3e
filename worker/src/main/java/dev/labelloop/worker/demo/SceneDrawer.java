package dev.labelloop.worker.demo;

import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.label.LabelledBox;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws scenes: things of several classes, sizes, colours and turns on a ground with clutter, some
 * behind others. Scene {@code i} of a seed is always the same.
 */
final class SceneDrawer {
  private static final int LEAST_SIDE = 160;
  private static final int MOST_SIDE = 224;
  private static final int MOST_THINGS = 5;
  private static final double LEAST_RADIUS = 11;
  private static final double MOST_RADIUS = 36;

  /** A thing is placed only where at least this share of every thing's box stays in view. */
  private static final double LEAST_VISIBLE = 0.65;

  private final long seed;

  SceneDrawer(long seed) {
    this.seed = seed;
  }

  static List<String> classes() {
    return Thing.ALL.stream().map(Thing::className).toList();
  }

  /** Scene number {@code index}. */
  Scene scene(int index) {
    RandomGenerator random = Draws.of(seed, "scene", index);
    int width = random.nextInt(LEAST_SIDE, MOST_SIDE + 1);
    int height = random.nextInt(LEAST_SIDE, MOST_SIDE + 1);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    List<Placed> things = place(random, width, height);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    Paint paint = new Paint(pen, random);
    paint.ground(width, height);
    for (Placed placed : things) {
      paint.thing(placed.thing(), placed.shape());
    }
    pen.dispose();
    Paint.grain(image, random);
    return new Scene(image, things.stream().map(t -> t.label(width, height)).toList());
  }

  private record Placed(Thing thing, Shape shape) {
    LabelledBox label(int width, int height) {
      Rectangle2D seen = bounds(shape).createIntersection(frame(width, height));
      return new LabelledBox(
          new Box(seen.getX(), seen.getY(), seen.getWidth(), seen.getHeight()),
          Thing.ALL.indexOf(thing));
    }
  }

  private static Rectangle2D frame(int width, int height) {
    return new Rectangle2D.Double(0, 0, width, height);
  }

  private static List<Placed> place(RandomGenerator random, int width, int height) {
    int wanted = random.nextInt(1, MOST_THINGS + 1);
    List<Placed> placed = new ArrayList<>();
    for (int attempt = 0; attempt < 20 && placed.size() < wanted; attempt++) {
      Thing thing = Thing.ALL.get(random.nextInt(Thing.ALL.size()));
      double radius = LEAST_RADIUS * Math.pow(MOST_RADIUS / LEAST_RADIUS, random.nextDouble());
      double x = random.nextDouble() * width;
      double y = random.nextDouble() * height;
      double stretch = random.nextDouble(0.75, 1.0);
      double angle = random.nextDouble(-0.35, 0.35);
      placed.add(new Placed(thing, thing.at(x, y, radius, stretch, angle)));
      if (!allInView(placed, width, height)) {
        placed.remove(placed.size() - 1);
      }
    }
    return placed;
  }

  private static boolean allInView(List<Placed> things, int width, int height) {
    for (int i = 0; i < things.size(); i++) {
      Shape shape = things.get(i).shape();
      Area seen = new Area(shape);
      seen.intersect(new Area(frame(width, height)));
      for (Placed before : things.subList(i + 1, things.size())) {
        seen.subtract(new Area(before.shape()));
      }
      if (size(seen.getBounds2D()) < LEAST_VISIBLE * size(bounds(shape))) {
        return false;
      }
    }
    return true;
  }

  /** The shape's own bounds: a path of curves answers with those of its control points. */
  private static Rectangle2D bounds(Shape shape) {
    return new Area(shape).getBounds2D();
  }

  private static double size(Rectangle2D box) {
    return box.getWidth() * box.getHeight();
  }
}
