package dev.labelloop.activities.format;

import dev.labelloop.activities.Shared;
import dev.labelloop.activities.format.coco.CocoImporter;
import dev.labelloop.core.Box;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Label files for tests. */
public final class Labels {
  /** Ids with gaps, as COCO has them. */
  public static final ClassTable CLASSES =
      new ClassTable(List.of(new ClassTable.Entry(3, "car"), new ClassTable.Entry(8, "truck")));

  /** x 10 %, y 20 %, width 15.5 %, height 8.25 % of 1920 x 1080. */
  public static final Box BOX = new Box(192, 216, 297.6, 89.1);

  /**
   * What golden files are written of: a detection, an ignore region and a box that sticks out by 20
   * pixels; and, in a folder, an image that shows nothing.
   */
  public static final List<ImageLabels> TWO_IMAGES =
      List.of(
          new ImageLabels(
              "a.jpg",
              1920,
              1080,
              List.of(
                  BoxLabel.scored(BOX, 0, 0.62),
                  new BoxLabel(new Box(1, 1, 5, 5), 0, null, true),
                  BoxLabel.of(new Box(1900, 1000, 40, 60), 1))),
          new ImageLabels("lot/b.jpg", 640, 480, List.of()));

  private Labels() {}

  /** The labels of a real data set. */
  public static LabelFile real(String dataset) {
    return new CocoImporter()
        .read(Shared.path("datasets/" + dataset + "/annotations.json"), ImportChecks.ANY);
  }

  /** The images of a label file as a scan of their folder would find them. */
  public static KnownImages knownOf(LabelFile labels) {
    Map<String, ImageSize> sizes = new HashMap<>();
    for (ImageLabels image : labels.images()) {
      sizes.put(image.path(), new ImageSize(image.width(), image.height()));
    }
    return KnownImages.of(sizes, Map.of());
  }

  /** A golden file. */
  public static Path golden(String name) throws Exception {
    return Path.of(Labels.class.getResource("/format/" + name).toURI());
  }
}
