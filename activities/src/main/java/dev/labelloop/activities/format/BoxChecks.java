package dev.labelloop.activities.format;

import dev.labelloop.core.Box;
import java.util.Optional;

/** What holds for every box that enters or leaves. */
public final class BoxChecks {
  /**
   * How far a box may stick out of its image, pixels. Publishers round, and some count the last
   * pixel in: such boxes are cut at the edge. Further out, the label was made for another image or
   * another size.
   */
  public static final double TOLERANCE = 1;

  private BoxChecks() {}

  /**
   * Where a box of a label file belongs.
   *
   * @param where its entry, for messages
   * @param path of its image
   * @param size of its image
   */
  public record ImageLocation(String where, String path, ImageSize size) {}

  /**
   * A box of a label file, cut at the image's edges.
   *
   * @param image its image, and the entry for messages
   * @return nothing if it is at fault, which is noted
   */
  public static Optional<Box> checked(
      double x, double y, double width, double height, ImageLocation image, Problems problems) {
    String box = image.where + ": box [" + x + ", " + y + ", " + width + ", " + height + "]";
    if (!Double.isFinite(x + y + width + height)) {
      problems.add(box + " is not finite: write four numbers of pixels");
    } else if (!(width > 0 && height > 0)) {
      problems.add(box + " has no area: width and height must be above 0, or leave it out");
    } else if (x < -TOLERANCE
        || y < -TOLERANCE
        || x + width > image.size.width() + TOLERANCE
        || y + height > image.size.height() + TOLERANCE) {
      problems.add(
          box
              + " lies outside image '"
              + image.path
              + "' ("
              + image.size
              + "): it must be in pixels of the upright image");
    } else {
      Optional<Box> cut = cut(new Box(x, y, width, height), image.size);
      if (cut.isEmpty()) {
        problems.add(box + " has no area inside the image: leave it out");
      }
      return cut;
    }
    return Optional.empty();
  }

  /** The part of a box that lies in the image; nothing if none does. */
  public static Optional<Box> cut(Box box, ImageSize image) {
    double left = Math.max(0, box.x());
    double top = Math.max(0, box.y());
    double right = Math.min(image.width(), box.right());
    double bottom = Math.min(image.height(), box.bottom());
    if (left == box.x() && top == box.y() && right == box.right() && bottom == box.bottom()) {
      return Optional.of(box);
    }
    return right > left && bottom > top
        ? Optional.of(Box.ofCorners(left, top, right, bottom))
        : Optional.empty();
  }
}
