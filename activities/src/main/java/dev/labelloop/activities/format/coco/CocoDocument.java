package dev.labelloop.activities.format.coco;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The three lists of a COCO file; each entry was checked by itself, but not against the others.
 *
 * <p>{@code at} is an entry's place in the file, for messages, such as {@code annotations[17]}.
 */
record CocoDocument(List<Category> categories, List<Image> images, List<Annotation> annotations) {
  /** A class. */
  record Category(String at, long id, String name) {}

  /** An image; sizes are null where the file tells none. */
  record Image(String at, long id, String path, @Nullable Long width, @Nullable Long height) {}

  /** A box; x, y, width and height are as written, whatever they are. */
  record Annotation(
      String at,
      long image,
      long category,
      double x,
      double y,
      double width,
      double height,
      boolean crowd,
      @Nullable Double score) {}
}
