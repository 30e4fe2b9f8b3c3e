package dev.labelloop.activities.evaluation.gate;

import dev.labelloop.activities.evaluation.coco.PairedBootstrap;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.Sha256;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Made-up detectors on made-up holdouts. An object is as hard for one as for the other, besides a
 * chance of each detector's own; one of higher quality finds more of the hard ones.
 */
final class SimulatedDetector {
  static final int CLASSES = 2;
  private static final int OBJECTS = 7; // an image, as in COCO
  private static final double SIDE = 100; // pixels
  private static final double OWN_CHANCE = 0.1; // standard deviation, of difficulty in [0, 1]
  private static final double SLIP = 0.06; // standard deviation of a box's place, in sides
  private static final double GHOSTS = 0.5; // false boxes an image
  private static final int OF_A_CAMERA = 4; // images

  private final long seed;
  private final double[] quality;

  /** A detector of this quality, by class. */
  private SimulatedDetector(long seed, double... quality) {
    this.seed = seed;
    this.quality = quality;
  }

  /** A champion and a challenger of these qualities on a holdout of their own. */
  static PairedBootstrap meet(long seed, int images, double champion, double challenger) {
    return meet(seed, images, CLASSES, champion, challenger);
  }

  /** As the other; of so many classes the holdout holds the first two. */
  static PairedBootstrap meet(
      long seed, int images, int classes, double champion, double challenger) {
    return meet(
        images,
        classes,
        new SimulatedDetector(seed, champion, champion),
        new SimulatedDetector(seed, challenger, challenger));
  }

  /** A challenger that is better in the first class and has lost the second. */
  static PairedBootstrap forgetting(long seed, int images, double champion, double challenger) {
    return meet(
        images,
        CLASSES,
        new SimulatedDetector(seed, champion, champion),
        new SimulatedDetector(seed, challenger, 0));
  }

  static PairedBootstrap meetsItself(long seed, int images, double quality) {
    var found = new SimulatedDetector(seed, quality, quality).detect(images, "itself");
    return PairedBootstrap.of(truth(images), found, found, CLASSES, image -> image);
  }

  /**
   * Two detectors of equal quality over all cameras; in each camera's four images, which are drawn
   * together, each is a little better or worse by its own chance.
   */
  static PairedBootstrap byCamera(long seed, int cameras) {
    Map<ImageId, List<Detection>> champion = new TreeMap<>();
    Map<ImageId, List<Detection>> challenger = new TreeMap<>();
    Map<ImageId, Integer> cameraOf = new TreeMap<>();
    for (int i = 0; i < cameras * OF_A_CAMERA; i++) {
      int camera = i / OF_A_CAMERA;
      cameraOf.put(id(i), camera);
      champion.put(id(i), there(seed, camera, "champion").look(i, "champion"));
      challenger.put(id(i), there(seed, camera, "challenger").look(i, "challenger"));
    }
    return PairedBootstrap.of(
        truth(cameras * OF_A_CAMERA), champion, challenger, CLASSES, cameraOf::get);
  }

  /** The detector as good as it is with a camera. */
  private static SimulatedDetector there(long seed, int camera, String name) {
    double quality = 0.6 + 0.1 * Draws.of(seed, name, "camera", camera).nextGaussian();
    return new SimulatedDetector(seed, quality, quality);
  }

  private static PairedBootstrap meet(
      int images, int classes, SimulatedDetector champion, SimulatedDetector challenger) {
    return PairedBootstrap.of(
        truth(images),
        champion.detect(images, "champion"),
        challenger.detect(images, "challenger"),
        classes,
        image -> image);
  }

  private static Map<ImageId, List<LabelledBox>> truth(int images) {
    Map<ImageId, List<LabelledBox>> truth = new TreeMap<>();
    for (int i = 0; i < images; i++) {
      List<LabelledBox> boxes = new ArrayList<>();
      for (int object = 0; object < OBJECTS; object++) {
        boxes.add(new LabelledBox(box(object, 0), object % CLASSES));
      }
      truth.put(id(i), boxes);
    }
    return truth;
  }

  private Map<ImageId, List<Detection>> detect(int images, String name) {
    Map<ImageId, List<Detection>> found = new TreeMap<>();
    for (int i = 0; i < images; i++) {
      found.put(id(i), look(i, name));
    }
    return found;
  }

  private List<Detection> look(int image, String name) {
    RandomGenerator shared = Draws.of(seed, "image", image);
    RandomGenerator own = Draws.of(seed, name, image);
    List<Detection> boxes = new ArrayList<>();
    for (int object = 0; object < OBJECTS; object++) {
      double difficulty = shared.nextDouble();
      double slip = SLIP * (shared.nextGaussian() + own.nextGaussian());
      double luck = OWN_CHANCE * own.nextGaussian();
      if (difficulty + luck < quality[object % CLASSES]) {
        double confidence = Math.max(0.01, Math.min(1, 1 - 0.8 * difficulty + luck));
        boxes.add(new Detection(box(object, slip), object % CLASSES, confidence));
      }
    }
    if (own.nextDouble() < GHOSTS) {
      boxes.add(new Detection(box(OBJECTS, 0), own.nextInt(CLASSES), 0.7 * own.nextDouble()));
    }
    return boxes;
  }

  private static Box box(int place, double slip) {
    return new Box(SIDE * (2 * place + 1 + slip), 0, SIDE, SIDE);
  }

  private static ImageId id(int image) {
    return new ImageId(Sha256.hex(Integer.toString(image).getBytes(StandardCharsets.UTF_8)));
  }
}
