package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a COCO or LVIS ground truth file: an object with the lists {@code images}, {@code
 * categories} and {@code annotations}, in any order.
 *
 * <p>Follows pycocotools: annotations of unknown images or categories are left out, and {@code
 * ignore} is overwritten by {@code iscrowd}; by LVIS's rules it is the other way. Where pycocotools
 * fails for want of a field, {@code area} is width times height and {@code iscrowd} is 0. Refused
 * are ids that are missing or there twice, the annotation id 0 (pycocotools takes it for "no
 * match"), NaN, infinity and negative sizes.
 */
final class GroundTruthReader {
  private static final List<String> LISTS = List.of("images", "categories", "annotations");

  private final CocoJson json;
  private final IdReader images;
  private final IdReader categories;
  private final AnnotationReader annotations;

  private GroundTruthReader(
      CocoJson json, IdReader images, IdReader categories, AnnotationReader annotations) {
    this.json = json;
    this.images = images;
    this.categories = categories;
    this.annotations = annotations;
  }

  /**
   * Reads a COCO file whole.
   *
   * @throws InvalidCocoException if it cannot be evaluated against
   */
  static GroundTruth read(Path file) throws IOException {
    return CocoJson.read(
        file,
        json ->
            new GroundTruthReader(
                    json,
                    new IdReader(json),
                    new IdReader(json),
                    new AnnotationReader(json, "iscrowd"))
                .readFile());
  }

  /**
   * Reads an LVIS file whole.
   *
   * @throws InvalidCocoException if it cannot be evaluated against
   */
  static GroundTruth readLvis(Path file) throws IOException {
    return CocoJson.read(
        file,
        json -> {
          LvisImageReader images = new LvisImageReader(json);
          LvisCategoryReader categories = new LvisCategoryReader(json);
          AnnotationReader annotations = new AnnotationReader(json, "ignore");
          GroundTruth truth =
              new GroundTruthReader(json, images, categories, annotations).readFile();
          return truth.federated(
              images.federation(categories.ids.ascending(), categories.frequencies()));
        });
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
        case "images" -> json.eachEntry(name, images.required(), images);
        case "categories" -> json.eachEntry(name, categories.required(), categories);
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
        images.ids.ascending(), categories.ids.ascending(), categories.names());
  }

  private void refuseRepeated(String list, IdColumn ids) {
    int row = ids.firstRepeated();
    if (row >= 0) {
      throw json.invalid(
          list + "[" + row + "].id = " + ids.get(row) + ": is there twice; give each its own id");
    }
  }
}
