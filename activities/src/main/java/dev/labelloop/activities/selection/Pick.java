package dev.labelloop.activities.selection;

import dev.labelloop.core.ImageId;
import java.util.List;

/**
 * One chosen image.
 *
 * @param image which
 * @param reason why, in a few words for a person
 * @param boxes places in the image's detections that people are asked about; empty: the whole image
 */
public record Pick(ImageId image, String reason, List<Integer> boxes) {
  public Pick {
    boxes = List.copyOf(boxes);
  }

  /** A whole image. */
  public static Pick whole(ImageId image, String reason) {
    return new Pick(image, reason, List.of());
  }
}
