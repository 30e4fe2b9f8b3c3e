package dev.labelloop.activities.format;

import dev.labelloop.core.Box;
import org.jspecify.annotations.Nullable;

/**
 * A box in a label file.
 *
 * @param box pixels of the upright image
 * @param classIndex place in the file's {@link ClassTable}, from 0
 * @param score a detector's confidence in [0, 1]; null for what a person vouches for
 * @param ignore whether it is a region to be left out of training and measuring (COCO: iscrowd)
 */
public record BoxLabel(Box box, int classIndex, @Nullable Double score, boolean ignore) {
  public BoxLabel {
    if (classIndex < 0) {
      throw new IllegalArgumentException("class index is negative: " + classIndex);
    }
    if (score != null && !(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score is outside [0, 1]: " + score);
    }
  }

  /** A label without a score. */
  public static BoxLabel of(Box box, int classIndex) {
    return new BoxLabel(box, classIndex, null, false);
  }

  /** A detection. */
  public static BoxLabel scored(Box box, int classIndex, double score) {
    return new BoxLabel(box, classIndex, score, false);
  }
}
