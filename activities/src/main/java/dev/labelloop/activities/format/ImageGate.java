package dev.labelloop.activities.format;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets images of one label file in: each path once, with a size that is the upright image's. */
public final class ImageGate {
  private final ImportChecks checks;
  private final Problems problems;
  private final Set<String> paths = new HashSet<>();

  /** No image yet. */
  public ImageGate(ImportChecks checks, Problems problems) {
    this.checks = checks;
    this.problems = problems;
  }

  /**
   * The size of an image.
   *
   * @param at its entry, for messages
   * @param field that holds the path, for messages
   * @param width as the file tells it; null where it does not
   * @param height as the file tells it; null where it does not
   * @return null if the image is at fault, which is noted
   */
  public @Nullable ImageSize size(
      String at, String field, String path, @Nullable Long width, @Nullable Long height) {
    String where = at + ": " + field + " '" + path + "' ";
    if (!paths.add(path)) {
      problems.add(at + ": another image has the " + field + " '" + path + "': join them");
      return null;
    }
    KnownImages images = checks.images();
    String fault = ImagePaths.fault(path, images != null);
    if (fault != null) {
      problems.add(where + fault);
      return null;
    }
    ImageSize known = images == null ? null : images.find(path);
    if (images != null && known == null) {
      problems.add(where + images.absence(path));
      return null;
    }
    return agreed(where, known, width, height);
  }

  private @Nullable ImageSize agreed(
      String where, @Nullable ImageSize known, @Nullable Long width, @Nullable Long height) {
    if (width == null || height == null) {
      if (known == null) {
        problems.add(where + "has no width and height: add them");
      }
      return known;
    }
    if (known != null && (width != known.width() || height != known.height())) {
      problems.add(
          where
              + "is said to have "
              + width
              + " x "
              + height
              + " pixels, but stands upright with "
              + known
              + ": its boxes would not fit, label it at this size");
      return null;
    }
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      problems.add(where + "has no usable size: " + width + " x " + height);
      return null;
    }
    return new ImageSize(width.intValue(), height.intValue());
  }
}
