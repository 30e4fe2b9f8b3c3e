package dev.labelloop.activities.evaluation.errors;

import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One image's detections paired with its objects as COCO's evaluation does at one IoU: by falling
 * confidence, each takes the free object of its class that it overlaps most.
 */
final class Matching {
  static final int NONE = -1;

  /** COCO's limit a class and image: detections beyond it are never looked at. */
  private static final int MOST_DETECTIONS = 100;

  private final List<LabelledBox> truth;
  private final List<Detection> found;
  private final int[] truthOf;
  private final int[] foundBy;

  private Matching(List<LabelledBox> truth, List<Detection> found) {
    this.truth = truth;
    this.found = found;
    truthOf = filled(found.size());
    foundBy = filled(truth.size());
  }

  /**
   * Pairs one image's boxes.
   *
   * @param iou least overlap of a pair
   */
  static Matching of(List<LabelledBox> truth, List<Detection> found, double iou) {
    Matching matching = new Matching(truth, ranked(found));
    for (int d = 0; d < matching.found.size(); d++) {
      matching.pair(d, iou);
    }
    return matching;
  }

  private static List<Detection> ranked(List<Detection> found) {
    List<Detection> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparingDouble(Detection::confidence).reversed());
    Map<Integer, Integer> ofClass = new HashMap<>();
    sorted.removeIf(d -> ofClass.merge(d.classIndex(), 1, Integer::sum) > MOST_DETECTIONS);
    return sorted;
  }

  private void pair(int d, double iou) {
    Detection detection = found.get(d);
    double most = iou;
    int best = NONE;
    for (int t = 0; t < truth.size(); t++) {
      if (foundBy[t] == NONE && truth.get(t).classIndex() == detection.classIndex()) {
        double overlap = detection.box().iou(truth.get(t).box());
        if (overlap >= most) { // of equal overlaps the later, as in COCO's
          most = overlap;
          best = t;
        }
      }
    }
    if (best != NONE) {
      truthOf[d] = best;
      foundBy[best] = d;
    }
  }

  /** The objects. */
  List<LabelledBox> truth() {
    return truth;
  }

  /** The detections, by falling confidence. */
  List<Detection> found() {
    return found;
  }

  /** The object that a detection has found, or {@link #NONE}. */
  int truthOf(int detection) {
    return truthOf[detection];
  }

  /** The detection that has found an object, or {@link #NONE}. */
  int foundBy(int object) {
    return foundBy[object];
  }

  static int[] filled(int length) {
    int[] none = new int[length];
    Arrays.fill(none, NONE);
    return none;
  }
}
