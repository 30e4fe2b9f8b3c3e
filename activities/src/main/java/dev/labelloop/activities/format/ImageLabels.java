package dev.labelloop.activities.format;

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
}
