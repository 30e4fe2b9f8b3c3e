package dev.labelloop.activities.label;

import dev.labelloop.activities.prediction.PredictedImage;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An image of the verify sample: what the model found, and what people say is there.
 *
 * @param predicted by the round's model
 * @param truth people's boxes; empty where nothing is there
 */
public record CheckedImage(PredictedImage predicted, List<LabelledBox> truth) {
  /** From here on a box is in the right place: the loosest threshold of COCO and Pascal VOC. */
  private static final double RIGHT_IOU = 0.5;

  public CheckedImage {
    truth = List.copyOf(truth);
  }

  /**
   * How many of some detections are right.
   *
   * <p>The more confident one chooses first, each the box of its class that it overlaps most and
   * that no other has; so a second detection of one object is wrong.
   */
  int right(List<Detection> candidates) {
    List<LabelledBox> free = new ArrayList<>(truth);
    return (int)
        candidates.stream()
            .sorted(Comparator.comparingDouble(Detection::confidence).reversed())
            .filter(candidate -> takeBest(candidate, free))
            .count();
  }

  private static boolean takeBest(Detection candidate, List<LabelledBox> free) {
    int best = -1;
    double bestIou = 0;
    for (int i = 0; i < free.size(); i++) {
      double iou = candidate.box().iou(free.get(i).box());
      boolean fits = free.get(i).classIndex() == candidate.classIndex() && iou >= RIGHT_IOU;
      if (fits && iou > bestIou) {
        best = i;
        bestIou = iou;
      }
    }
    if (best < 0) {
      return false;
    }
    free.remove(best);
    return true;
  }
}
