package dev.labelloop.activities.training;

import dev.labelloop.activities.detector.yolox.YoloxNetwork;

/** The cells of a YOLOX head for one input size, in the row order of its logits. */
final class Grid {
  private final int cells;
  private final int[] x;
  private final int[] y;
  private final int[] stride;

  /**
   * The cells for a square input.
   *
   * @param input side, pixels, a multiple of 32
   */
  Grid(int input) {
    int n = 0;
    for (int s : YoloxNetwork.STRIDES) {
      n += (input / s) * (input / s);
    }
    cells = n;
    x = new int[n];
    y = new int[n];
    stride = new int[n];
    int at = 0;
    for (int s : YoloxNetwork.STRIDES) {
      int side = input / s;
      for (int gy = 0; gy < side; gy++) {
        for (int gx = 0; gx < side; gx++, at++) {
          x[at] = gx;
          y[at] = gy;
          stride[at] = s;
        }
      }
    }
  }

  int cells() {
    return cells;
  }

  int x(int cell) {
    return x[cell];
  }

  int y(int cell) {
    return y[cell];
  }

  int stride(int cell) {
    return stride[cell];
  }

  /** Horizontal centre of a cell, pixels. */
  double centreX(int cell) {
    return (x[cell] + 0.5) * stride[cell];
  }

  /** Vertical centre of a cell, pixels. */
  double centreY(int cell) {
    return (y[cell] + 0.5) * stride[cell];
  }
}
