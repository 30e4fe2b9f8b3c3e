package dev.labelloop.activities.evaluation.gate;

import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.core.ImageId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which images were taken together, by their paths. Frames of one video differ less than images of
 * two, so drawing them one by one would make the interval too narrow.
 */
public final class Clusters {
  private Clusters() {}

  /**
   * The key of each image; images of equal keys belong together.
   *
   * @param expression what it finds in the path is the key: its first group, or all if it has none;
   *     an image in whose path it finds nothing stands alone, as all do if it is null
   */
  public static Function<ImageId, Object> of(
      @Nullable String expression, List<StoredImage> images) {
    if (expression == null) {
      return image -> image;
    }
    Pattern pattern = Pattern.compile(expression);
    Map<ImageId, Object> keys = new TreeMap<>();
    for (StoredImage image : images) {
      Matcher found = pattern.matcher(image.path());
      if (found.find()) {
        String key = found.groupCount() > 0 ? found.group(1) : found.group();
        if (key != null) { // else the group had no part in what was found
          keys.put(image.id(), key);
        }
      }
    }
    return image -> keys.getOrDefault(image, image);
  }
}
