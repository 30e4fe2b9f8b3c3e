package dev.labelloop.activities.format;

import java.util.ArrayList;
import java.util.List;

/**
 * An image in a label file, and what is on it.
 *
 * @param path relative to the image folder, with forward slashes
 * @param width pixels, upright
 * @param height pixels, upright
 * @param boxes empty for an image that was looked at and shows nothing
 */
public record ImageLabels(String path, int width, int height, List<BoxLabel> boxes) {
  public ImageLabels {
    boxes = List.copyOf(boxes);
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          path + " has no pixels: width=" + width + ", height=" + height);
    }
  }

  /** Boxes cut at the image's edges; those that lie outside are left out. */
  public List<BoxLabel> visible() {
    ImageSize size = new ImageSize(width, height);
    List<BoxLabel> visible = new ArrayList<>();
    for (BoxLabel label : boxes) {
      BoxChecks.cut(label.box(), size)
          .map(box -> new BoxLabel(box, label.classIndex(), label.score(), label.ignore()))
          .ifPresent(visible::add);
    }
    return visible;
  }

  /** As {@link #visible}, without regions to be ignored, for formats in which they were objects. */
  public List<BoxLabel> objects() {
    return visible().stream().filter(label -> !label.ignore()).toList();
  }
}
