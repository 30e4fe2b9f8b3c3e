package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a COCO detections file: a list of objects with {@code image_id}, {@code category_id},
 * {@code bbox} and {@code score}.
 *
 * <p>Follows pycocotools: a detection of an unknown category is left out, one on an unknown image
 * is an error, and an {@code id} or {@code area} in the file is not looked at. For a federated
 * truth an unknown category is -1, since its detections use up the image's limit.
 */
final class DetectionReader extends BoxEntry {
  static final List<String> REQUIRED = List.of("image_id", "category_id", "bbox", "score");

  private final GroundTruth truth;
  private final BoxColumns boxes = new BoxColumns();
  private double score;

  private DetectionReader(CocoJson json, GroundTruth truth) {
    super(json);
    this.truth = truth;
  }

  /**
   * Reads a file whole.
   *
   * @throws InvalidCocoException if it cannot be evaluated against {@code truth}
   */
  static Detections read(Path file, GroundTruth truth) throws IOException {
    return CocoJson.read(
        file,
        json -> {
          if (!json.atArray()) {
            throw json.invalid(
                "is not a list of detections, [{image_id, category_id, bbox, score}, ...];"
                    + " an object with annotations is a ground truth file");
          }
          DetectionReader reader = new DetectionReader(json, truth);
          json.eachEntry("", REQUIRED, reader);
          return new Detections(reader.boxes);
        });
  }

  @Override
  public void field(String name) throws IOException {
    if (name.equals("score")) {
      score = json.number(name);
    } else {
      super.field(name);
    }
  }

  @Override
  public void end() {
    int image = truth.imageIndex(imageId);
    if (image < 0) {
      throw json.refused(
          "image_id", imageId, "the ground truth has no such image; evaluate only its images");
    }
    int category = truth.categoryIndex(categoryId);
    if (category >= 0 || truth.isFederated()) {
      boxes.add(image, Math.max(-1, category), xywh, score);
    }
  }
}
