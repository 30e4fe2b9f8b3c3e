package dev.labelloop.activities.evaluation.errors;

import dev.labelloop.prediction.Detection;

/**
 * What the figures of an analysis stand on.
 *
 * @param foregroundIou from which on a detection is on an object
 * @param backgroundIou below which a detection has nothing to do with an object
 * @param shownFrom confidence from which on detections count in calibration, confusion and the
 *     worst pictures; error types count all detections, as AP does
 */
public record Thresholds(double foregroundIou, double backgroundIou, double shownFrom) {
  /** That of AP50, and of TIDE. */
  static final double FOREGROUND_IOU = 0.5;

  /** That of TIDE; also from which on LaECE's authors count a detection as an object's. */
  static final double BACKGROUND_IOU = 0.1;

  /** People see the detections that they are shown; the many below would drown the rest. */
  static final Thresholds USED =
      new Thresholds(FOREGROUND_IOU, BACKGROUND_IOU, Detection.SHOWN_FROM);
}
