package dev.labelloop.activities.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.labelloop.activities.detector.yolox.YoloxNetwork;
import dev.labelloop.core.Box;
import java.util.Arrays;
import java.util.List;

/**
 * The loss of YOLOX (section 2.1 of arXiv 2107.08430): 5 × (1 − IoU²) and class cross-entropy at
 * the positive cells, objectness cross-entropy at all, each divided by the number of positive
 * cells.
 *
 * <p>The class target is the overlap, so that a well placed box scores higher (as in upstream's
 * code). Cells whose centre lies in an ignore region take no objectness loss unless positive.
 */
final class YoloxLoss {
  private static final double BOX_WEIGHT = 5;

  private final Grid grid;
  private final int classes;
  private final SimOtaAssigner assigner;

  YoloxLoss(Grid grid, int classes) {
    this.grid = grid;
    this.classes = classes;
    this.assigner = new SimOtaAssigner(grid, classes);
  }

  /** The positive cells of a whole batch, as columns. */
  private static final class Positives {
    private final long[] rows;
    private final float[] cell; // grid x, grid y
    private final float[] stride; // twice, for x and y
    private final float[] corners; // left, top, right, bottom of the object
    private final float[] weight;
    private final float[] classTarget;

    Positives(int n, int classes) {
      rows = new long[n];
      cell = new float[2 * n];
      stride = new float[2 * n];
      corners = new float[4 * n];
      weight = new float[n];
      classTarget = new float[n * classes];
    }
  }

  /**
   * The loss of a batch, a scalar that gradients flow back from.
   *
   * @param logits float32 [B, N, 5 + C]
   * @param targets one a picture
   */
  NDArray of(NDArray logits, List<Target> targets) {
    NDManager manager = logits.getManager();
    int columns = YoloxNetwork.BOX_COLUMNS + classes;
    float[] values = logits.toFloatArray();
    Assignment[] assignments = new Assignment[targets.size()];
    int n = 0;
    for (int b = 0; b < targets.size(); b++) {
      assignments[b] = assigner.assign(values, b * grid.cells() * columns, targets.get(b).boxes());
      n += assignments[b].cells().length;
    }
    NDArray flat = logits.reshape((long) targets.size() * grid.cells(), columns);
    NDArray objectLogits = flat.get(":, 4");
    NDArray weights = manager.create(objectnessWeights(targets, assignments));
    NDArray loss = objectLogits.getNDArrayInternal().softPlus().mul(weights).sum();
    if (n > 0) {
      Positives p = positives(targets, assignments, n);
      NDArray rows = flat.get(new NDIndex("{}", manager.create(p.rows)));
      loss = loss.add(atPositives(manager, rows, p, n));
    }
    return loss.div(manager.create((float) Math.max(1, n)));
  }

  private NDArray atPositives(NDManager manager, NDArray rows, Positives p, int n) {
    NDArray weight = manager.create(p.weight);
    NDArray stride = manager.create(p.stride, new Shape(n, 2));
    NDArray centre = rows.get(":, 0:2").add(manager.create(p.cell, new Shape(n, 2))).mul(stride);
    NDArray half = rows.get(":, 2:4").exp().mul(stride).mul(manager.create(0.5f));
    NDArray corners = manager.create(p.corners, new Shape(n, 4));
    NDArray iou = iou(centre.sub(half), centre.add(half), corners);
    NDArray box =
        iou.mul(iou)
            .neg()
            .add(manager.create(1f))
            .mul(weight)
            .sum()
            .mul(manager.create((float) BOX_WEIGHT));

    NDArray object = rows.get(":, 4").mul(weight).sum(); // softplus(x) - x where the target is 1

    NDArray classLogits = rows.get(":, 5:");
    NDArray classTarget = manager.create(p.classTarget, new Shape(n, classes));
    NDArray classLoss =
        classLogits
            .getNDArrayInternal()
            .softPlus()
            .sub(classLogits.mul(classTarget))
            .sum(new int[] {1})
            .mul(weight)
            .sum();
    return box.add(classLoss).sub(object);
  }

  /** Overlap of n boxes given by corners [n, 2] with n objects [n, 4]. */
  private static NDArray iou(NDArray topLeft, NDArray bottomRight, NDArray corners) {
    NDArray inner =
        NDArrays.minimum(bottomRight, corners.get(":, 2:4"))
            .sub(NDArrays.maximum(topLeft, corners.get(":, 0:2")))
            .getNDArrayInternal()
            .relu();
    NDArray intersection = product(inner);
    NDArray areas =
        product(bottomRight.sub(topLeft))
            .add(product(corners.get(":, 2:4").sub(corners.get(":, 0:2"))));
    return intersection.div(areas.sub(intersection));
  }

  private static NDArray product(NDArray sides) {
    return sides.get(":, 0").mul(sides.get(":, 1"));
  }

  private Positives positives(List<Target> targets, Assignment[] assignments, int n) {
    Positives p = new Positives(n, classes);
    int at = 0;
    for (int b = 0; b < targets.size(); b++) {
      Assignment a = assignments[b];
      for (int i = 0; i < a.cells().length; i++, at++) {
        int cell = a.cells()[i];
        var object = targets.get(b).boxes().get(a.objects()[i]);
        p.rows[at] = (long) b * grid.cells() + cell;
        p.cell[2 * at] = grid.x(cell);
        p.cell[2 * at + 1] = grid.y(cell);
        p.stride[2 * at] = grid.stride(cell);
        p.stride[2 * at + 1] = grid.stride(cell);
        p.corners[4 * at] = (float) object.box().x();
        p.corners[4 * at + 1] = (float) object.box().y();
        p.corners[4 * at + 2] = (float) object.box().right();
        p.corners[4 * at + 3] = (float) object.box().bottom();
        p.weight[at] = (float) targets.get(b).weight();
        p.classTarget[at * classes + object.classIndex()] = a.ious()[i];
      }
    }
    return p;
  }

  private float[] objectnessWeights(List<Target> targets, Assignment[] assignments) {
    float[] weights = new float[targets.size() * grid.cells()];
    for (int b = 0; b < targets.size(); b++) {
      Target target = targets.get(b);
      int start = b * grid.cells();
      Arrays.fill(weights, start, start + grid.cells(), (float) target.weight());
      for (Box region : target.ignore()) {
        for (int cell = 0; cell < grid.cells(); cell++) {
          double x = grid.centreX(cell);
          double y = grid.centreY(cell);
          if (x > region.x() && x < region.right() && y > region.y() && y < region.bottom()) {
            weights[start + cell] = 0;
          }
        }
      }
      for (int cell : assignments[b].cells()) {
        weights[start + cell] = (float) target.weight();
      }
    }
    return weights;
  }
}
