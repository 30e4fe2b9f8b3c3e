package dev.labelloop.activities.training;

import dev.labelloop.activities.image.RgbImage;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.Sha256;
import dev.labelloop.label.LabelledBox;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Pictures of one red rectangle or one blue disc each, drawn by seed, with the truth. */
public final class DrawnShapes implements TrainingData {
  private static final int RECTANGLE = 0;

  private final List<TrainingExample> examples = new ArrayList<>();
  private final Map<ImageId, RgbImage> pictures = new LinkedHashMap<>();
  private final List<ImageId> asked = new ArrayList<>();

  /** Draws so many square pictures of this side, pixels. */
  public DrawnShapes(int count, int side) {
    for (int i = 0; i < count; i++) {
      RandomGenerator random = Draws.of(7, "shape", i);
      double size = side * random.nextDouble(0.3, 0.5);
      double x = random.nextDouble() * (side - size);
      double y = random.nextDouble() * (side - size);
      LabelledBox label = new LabelledBox(new Box(x, y, size, size), i % 2);
      ImageId id = new ImageId(Sha256.hex(("shape " + i).getBytes(StandardCharsets.UTF_8)));
      pictures.put(id, draw(side, label, random));
      examples.add(new TrainingExample(id, List.of(label), List.of(), 1));
    }
  }

  private static RgbImage draw(int side, LabelledBox label, RandomGenerator random) {
    byte[] rgb = new byte[3 * side * side];
    Box box = label.box();
    double radius = box.width() / 2;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double dx = x + 0.5 - box.x() - radius;
        double dy = y + 0.5 - box.y() - radius;
        boolean inside =
            label.classIndex() == RECTANGLE
                ? Math.abs(dx) < radius && Math.abs(dy) < radius
                : dx * dx + dy * dy < radius * radius;
        int at = 3 * (y * side + x);
        int noise = random.nextInt(40);
        boolean rectangle = label.classIndex() == RECTANGLE;
        rgb[at] = (byte) (inside && rectangle ? 230 : 60 + noise);
        rgb[at + 1] = (byte) (inside ? 30 : 60 + noise);
        rgb[at + 2] = (byte) (inside && !rectangle ? 230 : 60 + noise);
      }
    }
    return new RgbImage(side, side, rgb);
  }

  @Override
  public List<String> classes() {
    return List.of("rectangle", "disc");
  }

  @Override
  public List<TrainingExample> examples() {
    return examples;
  }

  @Override
  public synchronized RgbImage picture(ImageId image) {
    asked.add(image);
    RgbImage picture = pictures.get(image);
    if (picture == null) {
      throw new IllegalArgumentException("no picture " + image);
    }
    return picture;
  }

  /** Every picture that was asked for, in order. */
  public synchronized List<ImageId> asked() {
    return List.copyOf(asked);
  }
}
