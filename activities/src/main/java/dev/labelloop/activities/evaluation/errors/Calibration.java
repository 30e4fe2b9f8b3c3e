package dev.labelloop.activities.evaluation.errors;

import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether confidence means what it says, over the detections that people are shown.
 *
 * <ul>
 *   <li>D-ECE (Küppers et al. 2020, <a href="https://arxiv.org/abs/2004.13546">arXiv
 *       2004.13546</a>): mean distance between confidence and precision at IoU .50.
 *   <li>LaECE (Oksuz et al. 2023, <a href="https://arxiv.org/abs/2307.00934">arXiv 2307.00934</a>):
 *       mean distance between confidence and quality, by class, then the mean of the classes.
 *       Quality is precision at IoU .10 times the mean IoU of those that are right: the mean IoU
 *       where a false detection has 0.
 * </ul>
 *
 * @param detections of at least {@link Thresholds#shownFrom}
 * @param dece a fraction in [0, 1]; null without detections
 * @param laece a fraction in [0, 1]; null without detections
 * @param bins the reliability diagram over all classes; those with detections, by confidence
 * @param classes those with detections, in the campaign's order
 */
public record Calibration(
    int detections,
    @Nullable Double dece,
    @Nullable Double laece,
    List<Bin> bins,
    List<OfClass> classes) {

  /**
   * Detections of about the same confidence.
   *
   * @param from least confidence
   * @param to confidence that they stay below, or reach if it is 1
   * @param detections how many
   * @param confidence their mean
   * @param precision share that has found an object at IoU .50
   * @param quality mean IoU at IoU from .10, false ones counting 0
   */
  public record Bin(
      double from,
      double to,
      int detections,
      double confidence,
      double precision,
      double quality) {}

  /** A class's own figures, as those of the whole. */
  public record OfClass(String name, int detections, double dece, double laece) {}

  static Calibration of(Map<ImageId, ImageErrors> shown, List<String> classes) {
    CalibrationBins all = new CalibrationBins();
    Map<Integer, CalibrationBins> byClass = new TreeMap<>();
    for (ImageErrors image : shown.values()) {
      List<LabelledBox> truth = image.matching().truth();
      List<Detection> found = image.matching().found();
      Matching loose = Matching.of(truth, found, Thresholds.BACKGROUND_IOU);
      for (int d = 0; d < found.size(); d++) {
        Detection detection = found.get(d);
        int near = loose.truthOf(d);
        double iou = near == Matching.NONE ? 0 : detection.box().iou(truth.get(near).box());
        boolean right = image.type(d) == null;
        all.add(detection.confidence(), right, iou);
        byClass
            .computeIfAbsent(detection.classIndex(), k -> new CalibrationBins())
            .add(detection.confidence(), right, iou);
      }
    }
    List<OfClass> rows = new ArrayList<>();
    byClass.forEach(
        (k, bins) ->
            rows.add(new OfClass(classes.get(k), bins.detections(), bins.dece(), bins.laece())));
    boolean none = all.detections() == 0;
    return new Calibration(
        all.detections(),
        none ? null : (Double) all.dece(),
        none ? null : (Double) rows.stream().mapToDouble(OfClass::laece).average().orElseThrow(),
        all.filled(),
        rows);
  }
}
