package dev.labelloop.worker.solo;

import dev.labelloop.activities.detector.Detector;
import dev.labelloop.activities.evaluation.coco.CocoEvaluation;
import dev.labelloop.activities.evaluation.coco.MapScore;
import dev.labelloop.activities.training.TrainingExample;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/** Measures a detector on labelled images by COCO's rules. */
public final class Measurement {
  private Measurement() {}

  /**
   * Measures.
   *
   * @param done told how many images are through
   */
  public static MapScore of(Detector detector, LabelledFolder holdout, IntConsumer done) {
    Map<ImageId, List<LabelledBox>> truth = new TreeMap<>();
    Map<ImageId, List<Detection>> found = new TreeMap<>();
    for (TrainingExample example : holdout.examples()) {
      truth.put(example.image(), example.boxes());
      found.put(
          example.image(),
          detector.detect(List.of(holdout.picture(example.image()))).get(0).detections());
      done.accept(found.size());
    }
    return CocoEvaluation.score(truth, found, holdout.classes().size());
  }
}
