package dev.labelloop.activities.evaluation.coco;

/** The detections to evaluate against one {@link GroundTruth}, as columns in file order. */
final class Detections {
  final BoxColumns boxes;

  Detections(BoxColumns boxes) {
    this.boxes = boxes;
  }
}
