package dev.labelloop.activities.evaluation.coco;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The evaluation written a second time, straight from pycocotools' rules: one walk over all ground
 * truths a threshold and area, whole curves, no bit tricks. Slow and plain, to test against.
 */
final class NaiveCoco {
  private final GroundTruth truth;
  private final BoxColumns gt;
  private final BoxColumns dt;
  private final Measured measured;
  final double[] precision;
  final double[] scores;
  final double[] recall;

  /** What to measure, as pycocotools' parameters have it. */
  record Measured(double[] iou, double[] areaFrom, double[] areaTo, int[] limits) {}

  NaiveCoco(GroundTruth truth, Detections detections, Measured measured) {
    this.measured = measured;
    this.truth = truth;
    this.gt = truth.boxes;
    this.dt = detections.boxes;
    int cells =
        measured.iou.length
            * truth.categories()
            * measured.areaFrom.length
            * measured.limits.length;
    precision = filled(101 * cells);
    scores = filled(101 * cells);
    recall = filled(cells);
    for (int k = 0; k < truth.categories(); k++) {
      for (int a = 0; a < measured.areaFrom.length; a++) {
        for (int m = 0; m < measured.limits.length; m++) {
          accumulate(k, a, m);
        }
      }
    }
  }

  /** One detection after matching; a flag a threshold. */
  private record Found(double score, boolean[] matched, boolean[] ignored) {}

  private void accumulate(int k, int a, int m) {
    List<Found> all = new ArrayList<>();
    int counted = 0;
    for (int image = 0; image < truth.images(); image++) {
      List<Found> ofImage = match(k, image, a);
      all.addAll(ofImage.subList(0, Math.min(measured.limits[m], ofImage.size())));
      for (int g : rows(gt, k, image)) {
        counted += ignored(g, a) ? 0 : 1;
      }
    }
    if (counted == 0) {
      return;
    }
    all.sort(Comparator.comparingDouble((Found f) -> falling(f.score)));
    for (int t = 0; t < measured.iou.length; t++) {
      curve(all, t, counted, k, a, m);
    }
  }

  private void curve(List<Found> all, int t, int counted, int k, int a, int m) {
    int n = all.size();
    double[] rc = new double[n];
    double[] pr = new double[n];
    double tp = 0;
    double fp = 0;
    for (int i = 0; i < n; i++) {
      Found f = all.get(i);
      tp += f.matched[t] && !f.ignored[t] ? 1 : 0;
      fp += !f.matched[t] && !f.ignored[t] ? 1 : 0;
      rc[i] = tp / counted;
      pr[i] = tp / (fp + tp + Math.ulp(1.0));
    }
    for (int i = n - 1; i > 0; i--) {
      pr[i - 1] = Math.max(pr[i - 1], pr[i]);
    }
    int categories = truth.categories();
    recall[at(t * categories + k, a, m)] = n == 0 ? 0 : rc[n - 1];
    for (int r = 0; r <= 100; r++) {
      double point = r == 100 ? 1.0 : r * 0.01;
      int i = 0;
      while (i < n && rc[i] < point) {
        i++;
      }
      int at = at((t * 101 + r) * categories + k, a, m);
      precision[at] = i < n ? pr[i] : 0;
      scores[at] = i < n ? all.get(i).score : 0;
    }
  }

  private List<Found> match(int k, int image, int a) {
    List<Integer> ds = rows(dt, k, image);
    ds.sort(Comparator.comparingDouble((Integer d) -> falling(dt.value[d])));
    ds = ds.subList(0, Math.min(measured.limits[measured.limits.length - 1], ds.size()));
    List<Integer> gs = rows(gt, k, image);
    gs.sort(Comparator.comparing(g -> ignored(g, a))); // stable: the counted ones first
    List<Found> found = new ArrayList<>();
    for (int d : ds) {
      found.add(
          new Found(
              dt.value[d], new boolean[measured.iou.length], new boolean[measured.iou.length]));
    }
    for (int t = 0; t < measured.iou.length; t++) {
      boolean[] taken = new boolean[gs.size()];
      for (int i = 0; i < ds.size(); i++) {
        int best = best(ds.get(i), gs, taken, t, a);
        if (best >= 0) {
          taken[best] = true;
        }
        double area = dt.width[ds.get(i)] * dt.height[ds.get(i)];
        found.get(i).matched[t] = best >= 0;
        found.get(i).ignored[t] = best >= 0 ? ignored(gs.get(best), a) : outside(area, a);
      }
    }
    return found;
  }

  private int best(int d, List<Integer> gs, boolean[] taken, int t, int a) {
    double bestIou = Math.min(measured.iou[t], 1 - 1e-10);
    int best = -1;
    for (int j = 0; j < gs.size(); j++) {
      int g = gs.get(j);
      if (taken[j] && !truth.crowd.get(g)) {
        continue;
      }
      if (best >= 0 && !ignored(gs.get(best), a) && ignored(g, a)) {
        break;
      }
      if (iou(d, g) < bestIou) {
        continue;
      }
      bestIou = iou(d, g);
      best = j;
    }
    return best;
  }

  private double iou(int d, int g) {
    double w = Math.min(dt.x[d] + dt.width[d], gt.x[g] + gt.width[g]) - Math.max(dt.x[d], gt.x[g]);
    double h =
        Math.min(dt.y[d] + dt.height[d], gt.y[g] + gt.height[g]) - Math.max(dt.y[d], gt.y[g]);
    double area = dt.width[d] * dt.height[d];
    if (w <= 0 || h <= 0) {
      return 0;
    }
    return w * h / (truth.crowd.get(g) ? area : area + gt.width[g] * gt.height[g] - w * h);
  }

  private boolean ignored(int g, int a) {
    return truth.crowd.get(g) || outside(gt.value[g], a);
  }

  /** Sort key; adding 0 makes -0.0 equal to 0.0, as numpy has it. */
  private static double falling(double score) {
    return -score + 0.0;
  }

  private boolean outside(double area, int a) {
    return area < measured.areaFrom[a] || area > measured.areaTo[a];
  }

  private int at(int row, int a, int m) {
    return (row * measured.areaFrom.length + a) * measured.limits.length + m;
  }

  private static List<Integer> rows(BoxColumns boxes, int k, int image) {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < boxes.size; i++) {
      if (boxes.category[i] == k && boxes.image[i] == image) {
        rows.add(i);
      }
    }
    return rows;
  }

  private static double[] filled(int length) {
    double[] values = new double[length];
    Arrays.fill(values, -1);
    return values;
  }
}
