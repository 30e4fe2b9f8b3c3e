package dev.labelloop.worker.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.CubicCurve2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.random.RandomGenerator;

/** How ground and things look: colours are drawn, texture belongs to the class. */
final class Paint {
  private static final int GRAIN = 9;

  private final Graphics2D pen;
  private final RandomGenerator random;

  Paint(Graphics2D pen, RandomGenerator random) {
    this.pen = pen;
    this.random = random;
  }

  /** A muted gradient with lines, curves and flat blobs that belong to no class. */
  void ground(int width, int height) {
    pen.setPaint(new GradientPaint(0, 0, muted(), random.nextInt(width), (float) height, muted()));
    pen.fillRect(0, 0, width, height);
    int pieces = random.nextInt(6, 14);
    for (int i = 0; i < pieces; i++) {
      pen.setColor(muted());
      pen.setStroke(new BasicStroke(random.nextFloat(1f, 5f)));
      double x = random.nextDouble() * width;
      double y = random.nextDouble() * height;
      double dx = random.nextDouble(-60, 60);
      double dy = random.nextDouble(-60, 60);
      switch (random.nextInt(3)) {
        case 0 -> pen.draw(new Line2D.Double(x, y, x + dx, y + dy));
        case 1 -> pen.draw(new CubicCurve2D.Double(x, y, x + dy, y, x, y - dx, x + dx, y + dy));
        default -> pen.fill(new Ellipse2D.Double(x, y, Math.abs(dx) / 2, Math.abs(dy) / 8 + 1));
      }
    }
  }

  /** Fills a thing; nothing is painted outside its shape, so its box stays exact. */
  void thing(Thing thing, Shape shape) {
    Color colour = vivid();
    pen.setPaint(thing == Thing.BALL ? shading(shape, colour) : colour);
    pen.fill(shape);
    Shape before = pen.getClip();
    pen.setClip(shape);
    double width = shape.getBounds2D().getWidth();
    switch (thing) {
      case BALL -> {}
      case CRATE -> border(shape, colour.darker(), width / 6);
      case TENT -> stripes(shape.getBounds2D(), colour.darker());
      case STAR -> border(shape, colour.brighter(), 2);
    }
    pen.setClip(before);
  }

  private static RadialGradientPaint shading(Shape shape, Color colour) {
    Rectangle2D box = shape.getBounds2D();
    Point2D light =
        new Point2D.Double(
            box.getCenterX() - box.getWidth() / 6, box.getCenterY() - box.getHeight() / 6);
    float reach = (float) (0.75 * Math.max(box.getWidth(), box.getHeight()));
    Color[] shades = {colour.brighter().brighter(), colour, colour.darker().darker()};
    return new RadialGradientPaint(light, reach, new float[] {0f, 0.45f, 1f}, shades);
  }

  private void border(Shape shape, Color colour, double width) {
    pen.setColor(colour);
    pen.setStroke(new BasicStroke((float) (2 * width))); // half of it lies outside the clip
    pen.draw(shape);
  }

  private void stripes(Rectangle2D box, Color colour) {
    pen.setColor(colour);
    double step = box.getWidth() / 5;
    for (int i = 0; i < 5; i++) {
      pen.fill(
          new Rectangle2D.Double(box.getX() + i * step, box.getY(), step / 2, box.getHeight()));
    }
  }

  /** Noise on every pixel, as of a camera. */
  static void grain(BufferedImage image, RandomGenerator random) {
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        int rgb = image.getRGB(x, y);
        int noise = random.nextInt(-GRAIN, GRAIN + 1);
        int red = channel(rgb >> 16, noise);
        int green = channel(rgb >> 8, noise);
        image.setRGB(x, y, (red << 16) | (green << 8) | channel(rgb, noise));
      }
    }
  }

  private static int channel(int value, int noise) {
    return Math.max(0, Math.min(255, (value & 0xff) + noise));
  }

  private Color muted() {
    return Color.getHSBColor(
        random.nextFloat(), random.nextFloat(0.05f, 0.35f), random.nextFloat(0.35f, 0.8f));
  }

  private Color vivid() {
    return Color.getHSBColor(
        random.nextFloat(), random.nextFloat(0.65f, 1f), random.nextFloat(0.55f, 0.95f));
  }
}
