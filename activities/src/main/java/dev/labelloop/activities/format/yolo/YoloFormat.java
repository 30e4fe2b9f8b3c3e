package dev.labelloop.activities.format.yolo;

import dev.labelloop.activities.format.ImagePaths;

/**
 * The folder layout that Ultralytics reads: {@code data.yaml}, {@code images/} and {@code labels/}.
 *
 * <p>An image's labels lie at its path with the last folder {@code images} replaced by {@code
 * labels} and the extension by {@code .txt}.
 */
final class YoloFormat {
  static final String DATA = "data.yaml";
  static final String IMAGES = "images/";
  static final String LABELS = "labels/";

  private YoloFormat() {}

  /**
   * Where the labels of an image lie.
   *
   * @param file of the image, relative to the folder of {@code data.yaml}, with forward slashes
   */
  static String labelFile(String file) {
    int at = file.startsWith(IMAGES) ? 0 : -1;
    int inner = file.lastIndexOf("/" + IMAGES);
    if (inner >= 0) {
      at = inner + 1;
    }
    if (at < 0) {
      throw new IllegalArgumentException("'" + file + "' lies in no folder images");
    }
    String renamed = file.substring(0, at) + LABELS + file.substring(at + IMAGES.length());
    return ImagePaths.withEnding(renamed, ".txt");
  }
}
