package dev.labelloop.activities.format.coco;

import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.Problems;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which ids a COCO result list gives to images and classes. */
public abstract class CocoNumbering {
  private CocoNumbering() {}

  /** The id of an image; {@code index} is its place among those written, from 0. */
  abstract long image(String path, int index);

  /** The id of a class. */
  abstract long category(ClassTable classes, int classIndex);

  /** Images from 1 in the order they come, classes as in their table. */
  public static CocoNumbering byOrder() {
    return new CocoNumbering() {
      @Override
      long image(String path, int index) {
        return index + 1L;
      }

      @Override
      long category(ClassTable classes, int classIndex) {
        return CocoIds.category(classes, classIndex);
      }
    };
  }

  /**
   * The ids of a truth file, by image path and class name.
   *
   * @throws dev.labelloop.activities.format.InvalidLabelsException if it is no COCO file
   */
  public static CocoNumbering of(Path truth) {
    Problems problems = new Problems(truth);
    CocoDocument document = CocoReader.read(truth, problems);
    problems.throwIfAny();
    Map<String, Long> images = new HashMap<>();
    document.images().forEach(image -> images.put(image.path(), image.id()));
    Map<String, Long> categories = new HashMap<>();
    document.categories().forEach(category -> categories.put(category.name(), category.id()));
    return new CocoNumbering() {
      @Override
      long image(String path, int index) {
        return found(images.get(path), "image '" + path + "'", truth);
      }

      @Override
      long category(ClassTable classes, int classIndex) {
        String name = classes.name(classIndex);
        return found(categories.get(name), "class '" + name + "'", truth);
      }
    };
  }

  private static long found(@Nullable Long id, String what, Path truth) {
    if (id == null) {
      throw new IllegalArgumentException(
          truth + " has no " + what + ": results about it cannot be numbered, leave it out");
    }
    return id;
  }
}
