package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a COCO ground truth file: an object with the lists {@code images}, {@code categories} and
 * {@code annotations}, in any order.
 *
 * <p>Follows pycocotools: annotations of unknown images or categories are left out, and {@code
 * ignore} is overwritten by {@code iscrowd}. Where pycocotools fails for want of a field, {@code
 * area} is width times height and {@code iscrowd} is 0. Refused are ids that are missing or there
 * twice, the annotation id 0 (pycocotools takes it for "no match"), NaN, infinity and negative
 * sizes.
 */
final class GroundTruthReader {
  private static final List<String> LISTS = List.of("images", "categories", "annotations");

  private final CocoJson json;
  private final IdReader images;
  private final IdReader categories;
  private final AnnotationReader annotations;

  private GroundTruthReader(CocoJson json) {
    this.json = json;
    this.images = new IdReader(json);
    this.categories = new IdReader(json);
    this.annotations = new AnnotationReader(json);
  }

  /**
   * Reads a file whole.
   *
   * @throws InvalidCocoException if it cannot be evaluated against
   */
  static GroundTruth read(Path file) throws IOException {
    return CocoJson.read(file, json -> new GroundTruthReader(json).readFile());
  }

  private GroundTruth readFile() throws IOException {
    if (!json.atObject()) {
      throw json.invalid(
          "is not a ground truth, which is an object with images, categories and annotations;"
              + " a plain list is a detections file");
    }
    List<String> missing = new ArrayList<>(LISTS);
    for (String name = json.nextField(); name != null; name = json.nextField()) {
      if (LISTS.contains(name) && !missing.remove(name)) {
        throw json.invalid(name + " is there twice; join the two lists");
      }
      switch (name) {
        case "images" -> json.eachEntry(name, IdReader.REQUIRED, images);
        case "categories" -> json.eachEntry(name, IdReader.REQUIRED, categories);
        case "annotations" -> json.eachEntry(name, AnnotationReader.REQUIRED, annotations);
        default -> json.skip();
      }
    }
    if (!missing.isEmpty()) {
      throw json.invalid(missing.get(0) + " is missing; add the list, [] if there are none");
    }
    refuseRepeated("images", images.ids);
    refuseRepeated("categories", categories.ids);
    refuseRepeated("annotations", annotations.ids());
    return annotations.resolve(
        images.ids.ascending(), categories.ids.ascending(), categories.namesByAscendingId());
  }

  private void refuseRepeated(String list, IdColumn ids) {
    int row = ids.firstRepeated();
    if (row >= 0) {
      throw json.invalid(
          list + "[" + row + "].id = " + ids.get(row) + ": is there twice; give each its own id");
    }
  }

  /** Reads images or categories: their ids, and their names where they have some. */
  private static final class IdReader implements CocoJson.EntryReader {
    static final List<String> REQUIRED = List.of("id");

    final IdColumn ids = new IdColumn();
    private final List<String> names = new ArrayList<>();
    private final CocoJson json;
    private long id;
    private String name = "";

    IdReader(CocoJson json) {
      this.json = json;
    }

    @Override
    public void field(String field) throws IOException {
      switch (field) {
        case "id" -> id = json.integer(field);
        case "name" -> name = json.text(field);
        default -> json.skip();
      }
    }

    @Override
    public void end() {
      ids.add(id);
      names.add(name.isEmpty() ? Long.toString(id) : name);
      name = "";
    }

    List<String> namesByAscendingId() {
      long[] ascending = ids.ascending();
      String[] sorted = new String[ascending.length];
      for (int row = 0; row < sorted.length; row++) {
        sorted[Arrays.binarySearch(ascending, ids.get(row))] = names.get(row);
      }
      return List.of(sorted);
    }
  }
}
