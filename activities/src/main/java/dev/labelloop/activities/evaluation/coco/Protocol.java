package dev.labelloop.activities.evaluation.coco;

/**
 * What is measured: IoU thresholds T, recall points R, areas A, most detections an image M.
 *
 * <p>The thresholds are the doubles that numpy's linspace gives, which are not i/20 and i/100: the
 * ninth IoU threshold is 0.8999999999999999, and ten recall points differ in their last bit.
 */
final class Protocol {
  static final int THRESHOLDS = 10;
  static final int RECALL_POINTS = 101;
  private static final double[] IOU = linspace(0.5, 0.95, THRESHOLDS);
  private static final double[] RECALL = linspace(0, 1, RECALL_POINTS);

  /** All four areas at 1, 10 and 100 detections a class and image: what the 12 numbers need. */
  static final Protocol STANDARD = new Protocol(AreaRange.values(), new int[] {1, 10, 100});

  /** Objects of all sizes at 100 detections a class and image: what mAP and AP50 need. */
  static final Protocol MAP_ONLY = new Protocol(new AreaRange[] {AreaRange.ALL}, new int[] {100});

  private final AreaRange[] areas;
  private final int[] maxDetections;

  private Protocol(AreaRange[] areas, int[] maxDetections) {
    this.areas = areas;
    this.maxDetections = maxDetections;
  }

  static double iou(int threshold) {
    return IOU[threshold];
  }

  static double recall(int point) {
    return RECALL[point];
  }

  int areas() {
    return areas.length;
  }

  AreaRange area(int index) {
    return areas[index];
  }

  int limits() {
    return maxDetections.length;
  }

  int limit(int index) {
    return maxDetections[index];
  }

  /** The largest limit: detections beyond it are never looked at. */
  int mostDetections() {
    return maxDetections[maxDetections.length - 1];
  }

  private static double[] linspace(double first, double last, int points) {
    double step = (last - first) / (points - 1);
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      values[i] = i * step + first;
    }
    values[points - 1] = last;
    return values;
  }
}
