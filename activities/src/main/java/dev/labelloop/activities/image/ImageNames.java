package dev.labelloop.activities.image;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Tells images by their names.
 *
 * <p>Names of formats that are not read count too, so that such a picture is reported rather than
 * overlooked. Names that begin with a dot do not: they are thumbnails and leftovers of copying.
 */
public final class ImageNames {
  private static final Set<String> EXTENSIONS =
      Set.of(
          "jpg", "jpeg", "jpe", "jfif", "png", "bmp", // read
          "gif", "tif", "tiff", "webp", "heic", "heif", "avif", "jxl", "jp2"); // reported

  private ImageNames() {}

  /** Whether a file is named as an image. */
  public static boolean isImage(Path file) {
    String name = file.getFileName().toString();
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return !isHidden(file) && EXTENSIONS.contains(extension);
  }

  /** Whether a file or folder is to be left alone. */
  public static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }
}
