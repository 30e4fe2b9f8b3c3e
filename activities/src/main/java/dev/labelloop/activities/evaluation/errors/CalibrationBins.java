package dev.labelloop.activities.evaluation.errors;

import dev.labelloop.activities.evaluation.errors.Calibration.Bin;
import java.util.List;
import java.util.stream.IntStream;

/** Detections in bins of equal width by confidence. */
final class CalibrationBins {
  /** That of LaECE's authors; one number for both figures, so that one diagram shows both. */
  static final int BINS = 25;

  private final int[] detections = new int[BINS];

  // Sums over the detections of a bin.
  private final double[] confidence = new double[BINS];
  private final double[] right = new double[BINS];
  private final double[] iou = new double[BINS];

  /**
   * Adds a detection.
   *
   * @param isRight whether it has found an object
   * @param itsIou with its object, 0 if it has none
   */
  void add(double itsConfidence, boolean isRight, double itsIou) {
    int bin = Math.min(BINS - 1, (int) (itsConfidence * BINS));
    detections[bin]++;
    confidence[bin] += itsConfidence;
    right[bin] += isRight ? 1 : 0;
    iou[bin] += itsIou;
  }

  int detections() {
    return IntStream.of(detections).sum();
  }

  double dece() {
    return distance(right);
  }

  /** LaECE's term of one class. */
  double laece() {
    return distance(iou);
  }

  /** Mean over detections of how far their bin's confidence is from what was seen. */
  private double distance(double[] seen) {
    double sum = 0;
    for (int bin = 0; bin < BINS; bin++) {
      sum += Math.abs(seen[bin] - confidence[bin]);
    }
    return sum / detections();
  }

  /** The bins that hold detections. */
  List<Bin> filled() {
    return IntStream.range(0, BINS)
        .filter(bin -> detections[bin] > 0)
        .mapToObj(
            bin ->
                new Bin(
                    (double) bin / BINS,
                    (double) (bin + 1) / BINS,
                    detections[bin],
                    confidence[bin] / detections[bin],
                    right[bin] / detections[bin],
                    iou[bin] / detections[bin]))
        .toList();
  }
}
