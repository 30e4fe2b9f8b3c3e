package dev.labelloop.activities.evaluation.coco;

import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Measures detections by COCO's rules (Lin et al. 2014, <a
 * href="https://arxiv.org/abs/1405.0312">arXiv 1405.0312</a>), equal to pycocotools 2.0.11, or by
 * LVIS's (Gupta et al. 2019), equal to lvis-api 0.5.3.
 */
public final class CocoEvaluation {
  private CocoEvaluation() {}

  /**
   * Evaluates a COCO detections file against a COCO ground truth file.
   *
   * @throws InvalidCocoException if one of the files cannot be used
   * @throws IOException if one of the files cannot be read
   */
  public static CocoResult evaluate(Path truth, Path detections) throws IOException {
    return evaluate(truth, detections, Protocol.STANDARD);
  }

  /**
   * Evaluates a detections file against a ground truth file.
   *
   * @throws InvalidCocoException if one of the files cannot be used
   * @throws IOException if one of the files cannot be read
   */
  public static CocoResult evaluate(Path truth, Path detections, Protocol protocol)
      throws IOException {
    GroundTruth gt =
        switch (protocol.rules()) {
          case COCO -> GroundTruthReader.read(truth);
          case LVIS -> GroundTruthReader.readLvis(truth);
        };
    return new CocoEvaluator(protocol).evaluate(gt, DetectionReader.read(detections, gt));
  }

  /**
   * Scores detections on a holdout.
   *
   * <p>The order of the maps does not matter: equal confidences rank by image id, and inside an
   * image by place in the list.
   *
   * @param truth boxes of every holdout image; empty lists for images of background
   * @param detections by image of {@code truth}; images may be absent
   * @param classes length of the campaign's class list
   * @throws IllegalArgumentException for an image that {@code truth} lacks or a class beyond the
   *     list
   */
  public static MapScore score(
      Map<ImageId, List<LabelledBox>> truth,
      Map<ImageId, List<Detection>> detections,
      int classes) {
    CocoResult result = evaluate(Protocol.MAP_ONLY, truth, detections, classes);
    HoldoutScore score = new HoldoutScore(Math.max(0, result.map()), Math.max(0, result.ap50()));
    return new MapScore(
        score,
        result.perClass().stream()
            .filter(c -> c.ap() != CocoResult.UNDEFINED)
            .map(c -> new MapScore.ClassScore((int) c.id(), c.ap()))
            .toList());
  }

  /** AP at IoU .50 by class and size of object; arguments and errors as of {@link #score}. */
  public static Ap50 ap50(
      Map<ImageId, List<LabelledBox>> truth,
      Map<ImageId, List<Detection>> detections,
      int classes) {
    return new Ap50(evaluate(Protocol.BY_SIZE, truth, detections, classes).precision(), classes);
  }

  private static CocoResult evaluate(
      Protocol protocol,
      Map<ImageId, List<LabelledBox>> truth,
      Map<ImageId, List<Detection>> detections,
      int classes) {
    List<ImageId> images = truth.keySet().stream().sorted().toList();
    GroundTruth gt = groundTruth(images, truth, classes);
    Detections dt = detections(images, detections, classes);
    return new CocoEvaluator(protocol).evaluate(gt, dt);
  }

  static GroundTruth groundTruth(
      List<ImageId> images, Map<ImageId, List<LabelledBox>> truth, int classes) {
    BoxColumns boxes = new BoxColumns();
    for (int image = 0; image < images.size(); image++) {
      for (LabelledBox label : truth.getOrDefault(images.get(image), List.of())) {
        requireClass(label.classIndex(), classes);
        boxes.add(image, label.classIndex(), xywh(label.box()), label.box().area());
      }
    }
    return new GroundTruth(
        LongStream.range(0, images.size()).toArray(),
        LongStream.range(0, classes).toArray(),
        IntStream.range(0, classes).mapToObj(Integer::toString).toList(),
        boxes,
        new BitSet());
  }

  static Detections detections(
      List<ImageId> images, Map<ImageId, List<Detection>> detections, int classes) {
    BoxColumns boxes = new BoxColumns();
    for (Map.Entry<ImageId, List<Detection>> found : new TreeMap<>(detections).entrySet()) {
      int image = Collections.binarySearch(images, found.getKey());
      if (image < 0) {
        throw new IllegalArgumentException(
            "detections on image " + found.getKey() + ", which the holdout does not have");
      }
      for (Detection detection : found.getValue()) {
        requireClass(detection.classIndex(), classes);
        boxes.add(image, detection.classIndex(), xywh(detection.box()), detection.confidence());
      }
    }
    return new Detections(boxes);
  }

  private static void requireClass(int classIndex, int classes) {
    if (classIndex < 0 || classIndex >= classes) {
      throw new IllegalArgumentException(
          "class index " + classIndex + " is outside the campaign's " + classes + " classes");
    }
  }

  private static double[] xywh(Box box) {
    return new double[] {box.x(), box.y(), box.width(), box.height()};
  }
}
