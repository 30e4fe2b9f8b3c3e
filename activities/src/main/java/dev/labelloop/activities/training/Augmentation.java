package dev.labelloop.activities.training;

import dev.labelloop.activities.image.Letterbox;
import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.label.LabelledBox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * One random view of a picture: mirrored or not, scaled, shifted, its colours shaken.
 *
 * <p>The view depends on the seed, the step and the place in the batch alone. A picture is sampled
 * once, bilinearly, straight from its pixels into the network input.
 */
final class Augmentation {
  /** Scale of the view against a plain letterbox; below 1 shows the picture smaller. */
  private static final double LEAST_SCALE = 0.6;

  private static final double MOST_SCALE = 1.5;

  /** Largest change of brightness and of saturation, as a share. */
  private static final double COLOUR = 0.3;

  /** Largest turn of the hue, radians; about 10 degrees. */
  private static final double HUE = 0.17;

  /** An object stays if at least this share of its area is still in view. */
  private static final double LEAST_IN_VIEW = 0.25;

  /** Sides under this many network pixels cannot be learned at stride 8. */
  private static final double LEAST_SIDE = 2;

  private static final float[] UNCHANGED = {1, 0, 0, 0, 1, 0, 0, 0, 1};

  private final int side;
  private final boolean mirrored;
  private final double scale;
  private final double shiftX;
  private final double shiftY;
  private final int imageWidth;
  private final float[] colour;

  /**
   * The view for this place in the training.
   *
   * @param calm shows the whole picture in its own colours, only mirrored or not; a training ends
   *     with such views, because they are what inference sees (as YOLOX ends without mosaic)
   */
  Augmentation(
      int side, int imageWidth, int imageHeight, long seed, int step, int slot, boolean calm) {
    RandomGenerator random = Draws.of(seed, "augment", step, slot);
    this.side = side;
    this.imageWidth = imageWidth;
    mirrored = random.nextBoolean();
    double zoom = calm ? 1 : LEAST_SCALE * Math.pow(MOST_SCALE / LEAST_SCALE, random.nextDouble());
    scale = Letterbox.of(side, imageWidth, imageHeight).scale() * zoom;
    shiftX = calm ? 0 : random.nextDouble() * (side - imageWidth * scale);
    shiftY = calm ? 0 : random.nextDouble() * (side - imageHeight * scale);
    colour = calm ? UNCHANGED : colour(random);
  }

  /**
   * A matrix on red, green, blue that turns the hue, scales the saturation and the brightness: a
   * rotation about, and a scaling away from and along, the grey axis.
   */
  private static float[] colour(RandomGenerator random) {
    double bright = 1 + COLOUR * random.nextDouble(-1, 1);
    double saturate = 1 + COLOUR * random.nextDouble(-1, 1);
    double angle = HUE * random.nextDouble(-1, 1);
    double cos = Math.cos(angle);
    double sin = Math.sin(angle) / Math.sqrt(3);
    float[] matrix = new float[9];
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        double identity = i == j ? 1 : 0;
        double cross = j == (i + 1) % 3 ? -sin : j == (i + 2) % 3 ? sin : 0;
        double turned = cos * identity + (1 - cos) / 3 + cross;
        matrix[3 * i + j] = (float) (bright * (saturate * turned + (1 - saturate) / 3));
      }
    }
    return matrix;
  }

  /** Writes the view as three planes, blue, green, red, values 0 to 1. */
  void write(RgbImage image, float[] out, int offset) {
    int plane = side * side;
    Arrays.fill(out, offset, offset + 3 * plane, Letterbox.GREY / 255f);
    int left = Math.max(0, (int) Math.ceil(shiftX));
    int right = Math.min(side, (int) Math.floor(shiftX + imageWidth * scale));
    int top = Math.max(0, (int) Math.ceil(shiftY));
    int bottom = Math.min(side, (int) Math.floor(shiftY + image.height() * scale));
    for (int y = top; y < bottom; y++) {
      double sy = (y + 0.5 - shiftY) / scale - 0.5;
      for (int x = left; x < right; x++) {
        double sx = (x + 0.5 - shiftX) / scale - 0.5;
        sample(image, mirrored ? imageWidth - 1 - sx : sx, sy, out, offset + y * side + x, plane);
      }
    }
  }

  private void sample(RgbImage image, double x, double y, float[] out, int at, int plane) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    float u = (float) (x - x0);
    float v = (float) (y - y0);
    int width = image.width();
    int left = 3 * Math.max(0, Math.min(width - 1, x0));
    int right = 3 * Math.max(0, Math.min(width - 1, x0 + 1));
    int top = 3 * width * Math.max(0, Math.min(image.height() - 1, y0));
    int bottom = 3 * width * Math.max(0, Math.min(image.height() - 1, y0 + 1));
    byte[] rgb = image.rgb();
    float r = mix(rgb, top, bottom, left, right, 0, u, v);
    float g = mix(rgb, top, bottom, left, right, 1, u, v);
    float b = mix(rgb, top, bottom, left, right, 2, u, v);
    for (int c = 0; c < 3; c++) {
      float value = colour[3 * c] * r + colour[3 * c + 1] * g + colour[3 * c + 2] * b;
      out[at + (2 - c) * plane] = Math.max(0, Math.min(255, value)) / 255f;
    }
  }

  private static float mix(
      byte[] rgb, int top, int bottom, int left, int right, int c, float u, float v) {
    float upper = (rgb[top + left + c] & 0xff) * (1 - u) + (rgb[top + right + c] & 0xff) * u;
    float lower = (rgb[bottom + left + c] & 0xff) * (1 - u) + (rgb[bottom + right + c] & 0xff) * u;
    return upper * (1 - v) + lower * v;
  }

  /** What the view should teach. */
  Target target(TrainingExample example) {
    List<LabelledBox> boxes = new ArrayList<>();
    for (LabelledBox label : example.boxes()) {
      view(label.box(), LEAST_IN_VIEW)
          .ifPresent(box -> boxes.add(new LabelledBox(box, label.classIndex())));
    }
    List<Box> ignore = new ArrayList<>();
    example.ignore().forEach(region -> view(region, 0).ifPresent(ignore::add));
    return new Target(boxes, ignore, example.weight());
  }

  private Optional<Box> view(Box box, double leastInView) {
    double x = mirrored ? imageWidth - box.right() : box.x();
    double left = x * scale + shiftX;
    double top = box.y() * scale + shiftY;
    double x1 = Math.max(0, left);
    double y1 = Math.max(0, top);
    double x2 = Math.min(side, left + box.width() * scale);
    double y2 = Math.min(side, top + box.height() * scale);
    if (x2 - x1 < LEAST_SIDE || y2 - y1 < LEAST_SIDE) {
      return Optional.empty();
    }
    double share = (x2 - x1) * (y2 - y1) / (box.area() * scale * scale);
    return share < leastInView ? Optional.empty() : Optional.of(Box.ofCorners(x1, y1, x2, y2));
  }
}
