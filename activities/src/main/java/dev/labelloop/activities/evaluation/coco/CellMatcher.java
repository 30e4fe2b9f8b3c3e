package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;

/**
 * Matches the detections of one class in one image to its ground truths, for all areas and IoU
 * thresholds at once.
 *
 * <p>pycocotools walks all ground truths once an area and threshold. Its outcome is: of the boxes
 * that overlap enough and are free, the one with the highest IoU, of equal ones the later in the
 * file, and ignored boxes only where no counted box is left. So it is enough to order the few boxes
 * that overlap by at least the lowest threshold once, and to hand each the thresholds that it
 * reaches and that are still open, as bits of one word.
 */
final class CellMatcher {
  private static final int FIRST_CAPACITY = 64;

  /** An overlap that counts as whole, for one that is computed may be a little less. */
  private static final double WHOLE = 1 - 1e-10;

  private final GroundTruth truth;
  private final Detections detections;
  private final Protocol protocol;
  private final double[] thresholds;
  private final int allThresholds;
  private final int notMeasured;
  private final DescendingOrder byScore = new DescendingOrder();

  private double[] scores = new double[FIRST_CAPACITY];

  // By ground truth of the cell.
  private int[] ignoredAreas = new int[FIRST_CAPACITY];
  private final int[][] taken;

  // Ground truths that overlap the detection at hand, best first.
  private int candidates;
  private int[] candidate = new int[FIRST_CAPACITY];
  private double[] overlap = new double[FIRST_CAPACITY];

  CellMatcher(GroundTruth truth, Detections detections, Protocol protocol) {
    this.truth = truth;
    this.detections = detections;
    this.protocol = protocol;
    this.taken = new int[protocol.areas()][FIRST_CAPACITY];
    this.thresholds = new double[protocol.thresholds()];
    for (int t = 0; t < thresholds.length; t++) {
      thresholds[t] = Math.min(protocol.threshold(t), WHOLE);
    }
    this.allThresholds = (1 << thresholds.length) - 1;
    this.notMeasured = ~allThresholds;
  }

  /** Appends the cell's detections, and counts its ground truths, into {@code out}. */
  void match(Rows truths, Rows found, ClassMatches out) {
    prepareTruths(truths, out);
    int n = found.size();
    if (scores.length < n) {
      scores = new double[Math.max(n, 2 * scores.length)];
    }
    for (int i = 0; i < n; i++) {
      scores[i] = detections.boxes.value[found.row(i)];
    }
    int[] order = byScore.of(scores, n);
    for (int rank = 0; rank < Math.min(n, protocol.mostDetections()); rank++) {
      int row = found.row(order[rank]);
      findCandidates(row, truths);
      boolean mayBeTrue = truth.mayLackBoxes(detections.boxes, row);
      out.add(scores[order[rank]], detections.boxes.image[row], rank);
      for (int area = 0; area < protocol.areas(); area++) {
        matchInArea(row, area, truths, mayBeTrue, out);
      }
    }
  }

  private void prepareTruths(Rows truths, ClassMatches out) {
    int n = truths.size();
    if (ignoredAreas.length < n) {
      int capacity = Math.max(n, 2 * ignoredAreas.length);
      ignoredAreas = new int[capacity];
      candidate = new int[capacity];
      overlap = new double[capacity];
      for (int a = 0; a < taken.length; a++) {
        taken[a] = new int[capacity];
      }
    }
    for (int[] ofArea : taken) {
      Arrays.fill(ofArea, 0, n, 0);
    }
    for (int g = 0; g < n; g++) {
      int row = truths.row(g);
      ignoredAreas[g] = 0;
      for (int a = 0; a < taken.length; a++) {
        if (truth.ignored.get(row) || protocol.area(a).excludes(truth.boxes.value[row])) {
          ignoredAreas[g] |= 1 << a;
        } else {
          out.counted[a]++;
        }
      }
    }
  }

  private void findCandidates(int row, Rows truths) {
    candidates = 0;
    for (int g = 0; g < truths.size(); g++) {
      double iou = iou(row, truths.row(g));
      if (iou >= thresholds[0]) {
        int at = candidates++;
        while (at > 0 && overlap[at - 1] <= iou) { // of equal overlaps the later goes first
          overlap[at] = overlap[at - 1];
          candidate[at] = candidate[at - 1];
          at--;
        }
        overlap[at] = iou;
        candidate[at] = g;
      }
    }
  }

  /**
   * Intersection over union; over the detection's own area for a crowd. Each operation in
   * pycocotools' order, for another order gives other last bits.
   */
  private double iou(int d, int g) {
    BoxColumns dt = detections.boxes;
    BoxColumns gt = truth.boxes;
    double w = Math.min(dt.width[d] + dt.x[d], gt.width[g] + gt.x[g]) - Math.max(dt.x[d], gt.x[g]);
    if (w <= 0) {
      return 0;
    }
    double h =
        Math.min(dt.height[d] + dt.y[d], gt.height[g] + gt.y[g]) - Math.max(dt.y[d], gt.y[g]);
    if (h <= 0) {
      return 0;
    }
    double detectionArea = dt.width[d] * dt.height[d];
    double intersection = w * h;
    double union =
        truth.crowd.get(g)
            ? detectionArea
            : detectionArea + gt.width[g] * gt.height[g] - intersection;
    return intersection / union;
  }

  private void matchInArea(int row, int area, Rows truths, boolean mayBeTrue, ClassMatches out) {
    int[] takenHere = taken[area];
    int matched = 0;
    for (int c = 0; c < candidates; c++) {
      int g = candidate[c];
      if ((ignoredAreas[g] >> area & 1) == 0) {
        int free = reached(overlap[c]) & ~takenHere[g] & ~matched;
        takenHere[g] |= free;
        matched |= free;
      }
    }
    int ignored = 0;
    for (int c = 0; c < candidates; c++) {
      int g = candidate[c];
      if ((ignoredAreas[g] >> area & 1) == 1) {
        int free = reached(overlap[c]) & ~matched;
        if (!truth.crowd.get(truths.row(g))) { // a crowd takes any number of detections
          free &= ~takenHere[g];
        }
        takenHere[g] |= free;
        matched |= free;
        ignored |= free;
      }
    }
    BoxColumns dt = detections.boxes;
    if (mayBeTrue || protocol.area(area).excludes(dt.width[row] * dt.height[row])) {
      ignored |= ~matched & allThresholds;
    }
    out.setFlags(area, matched, ignored | notMeasured);
  }

  /** The thresholds that an overlap reaches, as bits. */
  private int reached(double iou) {
    int reached = 0;
    while (reached < thresholds.length && thresholds[reached] <= iou) {
      reached++;
    }
    return (1 << reached) - 1;
  }
}
