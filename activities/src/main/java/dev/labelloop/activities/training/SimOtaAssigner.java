package dev.labelloop.activities.training;

import dev.labelloop.activities.detector.yolox.YoloxNetwork;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import java.util.Arrays;
import java.util.List;

/**
 * SimOTA: gives each object the cells that cost it least.
 *
 * <p>A cell is a candidate if its centre lies in an object's box or within 2.5 strides of an
 * object's centre. The cost of a pair is the class loss + 3 × the IoU loss, and 100,000 more unless
 * the cell's centre lies in both regions of that object. An object takes as many cells as the sum
 * of its ten best overlaps, at least one; a cell that two objects want goes to the cheaper. Source:
 * section 2.1 of YOLOX (arXiv 2107.08430), after OTA (arXiv 2103.14259). Ties go to the lower cell
 * and the lower object, so the result depends on nothing but the input.
 */
final class SimOtaAssigner {
  private static final double CENTRE_RADIUS = 2.5;
  private static final double IOU_WEIGHT = 3;
  private static final double OUTSIDE = 1e5;
  private static final int MOST_OVERLAPS = 10;
  private static final double TINY = 1e-8;
  private static final int NOBODY = -1;

  private final Grid grid;
  private final int classes;

  SimOtaAssigner(Grid grid, int classes) {
    this.grid = grid;
    this.classes = classes;
  }

  /**
   * Assigns one picture.
   *
   * @param logits rows of 5 + C, row-major, the picture's first at {@code offset}
   * @param objects in network pixels
   */
  Assignment assign(float[] logits, int offset, List<LabelledBox> objects) {
    int[] candidates = candidates(objects);
    if (candidates.length == 0) {
      return new Assignment(new int[0], new int[0], new float[0]);
    }
    double[][] overlap = new double[objects.size()][candidates.length];
    double[][] cost = new double[objects.size()][candidates.length];
    for (int i = 0; i < candidates.length; i++) {
      price(logits, offset, candidates[i], i, objects, overlap, cost);
    }
    int[] owner = new int[candidates.length];
    Arrays.fill(owner, NOBODY);
    for (int o = 0; o < objects.size(); o++) {
      take(o, overlap[o], cost, owner);
    }
    return collect(candidates, owner, overlap);
  }

  private int[] candidates(List<LabelledBox> objects) {
    int[] found = new int[grid.cells()];
    int n = 0;
    for (int cell = 0; cell < grid.cells(); cell++) {
      for (LabelledBox object : objects) {
        if (inBox(cell, object.box()) || nearCentre(cell, object.box())) {
          found[n++] = cell;
          break;
        }
      }
    }
    return Arrays.copyOf(found, n);
  }

  private boolean inBox(int cell, Box box) {
    double x = grid.centreX(cell);
    double y = grid.centreY(cell);
    return x > box.x() && x < box.right() && y > box.y() && y < box.bottom();
  }

  private boolean nearCentre(int cell, Box box) {
    double reach = CENTRE_RADIUS * grid.stride(cell);
    return Math.abs(grid.centreX(cell) - (box.x() + box.width() / 2)) < reach
        && Math.abs(grid.centreY(cell) - (box.y() + box.height() / 2)) < reach;
  }

  private void price(
      float[] logits,
      int offset,
      int cell,
      int i,
      List<LabelledBox> objects,
      double[][] overlap,
      double[][] cost) {
    int at = offset + cell * (YoloxNetwork.BOX_COLUMNS + classes);
    double stride = grid.stride(cell);
    double width = Math.exp(logits[at + 2]) * stride;
    double height = Math.exp(logits[at + 3]) * stride;
    double left = (logits[at] + grid.x(cell)) * stride - width / 2;
    double top = (logits[at + 1] + grid.y(cell)) * stride - height / 2;
    double object = sigmoid(logits[at + 4]);
    double none = 0; // loss of saying "no" to every class
    for (int c = 0; c < classes; c++) {
      none -= logOf(1 - likelihood(object, logits[at + 5 + c]));
    }
    for (int o = 0; o < objects.size(); o++) {
      Box box = objects.get(o).box();
      double iou = iou(left, top, width, height, box);
      double p = likelihood(object, logits[at + 5 + objects.get(o).classIndex()]);
      double classLoss = none + logOf(1 - p) - logOf(p);
      boolean central = inBox(cell, box) && nearCentre(cell, box);
      overlap[o][i] = iou;
      cost[o][i] = classLoss - IOU_WEIGHT * Math.log(iou + TINY) + (central ? 0 : OUTSIDE);
    }
  }

  /** Geometric mean of "an object" and "of this class", as the paper's code scores a pair. */
  private static double likelihood(double object, float classLogit) {
    return Math.sqrt(object * sigmoid(classLogit));
  }

  private void take(int object, double[] overlap, double[][] cost, int[] owner) {
    int wanted = wanted(overlap);
    boolean[] taken = new boolean[owner.length];
    for (int k = 0; k < wanted; k++) {
      int best = NOBODY;
      for (int i = 0; i < owner.length; i++) {
        if (!taken[i] && (best == NOBODY || cost[object][i] < cost[object][best])) {
          best = i;
        }
      }
      if (best == NOBODY) {
        return;
      }
      taken[best] = true;
      owner[best] = owner[best] == NOBODY ? object : cheapest(cost, best);
    }
  }

  /** Sum of the ten best overlaps, rounded down, at least 1. */
  private static int wanted(double[] overlap) {
    double[] sorted = overlap.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int i = sorted.length - 1; i >= 0 && i >= sorted.length - MOST_OVERLAPS; i--) {
      sum += sorted[i];
    }
    return Math.max(1, (int) sum);
  }

  private static int cheapest(double[][] cost, int i) {
    int best = 0;
    for (int o = 1; o < cost.length; o++) {
      if (cost[o][i] < cost[best][i]) {
        best = o;
      }
    }
    return best;
  }

  private static Assignment collect(int[] candidates, int[] owner, double[][] overlap) {
    int n = (int) Arrays.stream(owner).filter(o -> o != NOBODY).count();
    int[] cells = new int[n];
    int[] objects = new int[n];
    float[] ious = new float[n];
    int at = 0;
    for (int i = 0; i < owner.length; i++) {
      if (owner[i] != NOBODY) {
        cells[at] = candidates[i];
        objects[at] = owner[i];
        ious[at] = (float) overlap[owner[i]][i];
        at++;
      }
    }
    return new Assignment(cells, objects, ious);
  }

  private static double iou(double left, double top, double width, double height, Box box) {
    double w = Math.min(left + width, box.right()) - Math.max(left, box.x());
    double h = Math.min(top + height, box.bottom()) - Math.max(top, box.y());
    if (!(w > 0 && h > 0)) { // an overflown size is no overlap
      return 0;
    }
    return w * h / (width * height + box.area() - w * h);
  }

  private static double logOf(double p) {
    return Math.log(Math.max(p, 1e-12));
  }

  private static double sigmoid(float x) {
    return 1 / (1 + Math.exp(-x));
  }
}
