package dev.labelloop.activities.review.simulated;

import dev.labelloop.core.Box;
import java.util.random.RandomGenerator;

/**
 * Boxes drawn by an unsteady hand: each edge is moved in or out, together just as far as costs a
 * drawn share of IoU.
 *
 * <p>The share lost is uniform around its mean, from 0 to twice the mean (from {@code 2 * mean - 1}
 * to 1 where that would be more than 1). People who draw the same object twice agree by an IoU of
 * about 0.88 on average (Papadopoulos et al. 2017, <a href="https://arxiv.org/abs/1708.02750">arXiv
 * 1708.02750</a>), that is a mean of 0.12.
 */
final class EdgeJitter {
  /** Halvings: leaves an error in the size of a double's last bits. */
  private static final int HALVINGS = 60;

  /** Moves at most so many times the box's side: far outside any image. */
  private static final double FARTHEST = 1e6;

  private final Box box;
  private final double imageWidth;
  private final double imageHeight;

  /** Moves of the left, top, right and bottom edge in shares of the side; inwards is positive. */
  private final double[] move = new double[4];

  private EdgeJitter(Box box, double imageWidth, double imageHeight, RandomGenerator random) {
    this.box = box;
    this.imageWidth = imageWidth;
    this.imageHeight = imageHeight;
    for (int edge = 0; edge < move.length; edge++) {
      move[edge] = 2 * random.nextDouble() - 1;
    }
  }

  /**
   * A jittered box inside the image.
   *
   * @param box the true one
   * @param meanLoss mean IoU lost, in [0, 1)
   */
  static Box of(
      Box box, double imageWidth, double imageHeight, double meanLoss, RandomGenerator random) {
    double least = Math.max(0, 2 * meanLoss - 1);
    double most = Math.min(1, 2 * meanLoss);
    double iou = 1 - (least + (most - least) * random.nextDouble());
    EdgeJitter jitter = new EdgeJitter(box, imageWidth, imageHeight, random);
    if (jitter.overlap(jitter.farthest()) > iou) {
      jitter.turnRound(); // the image's border is in the way; inwards there is always room
    }
    return jitter.moved(jitter.stepTo(iou));
  }

  private void turnRound() {
    for (int edge = 0; edge < move.length; edge++) {
      move[edge] = -move[edge];
    }
  }

  /** The step that leaves this overlap. */
  private double stepTo(double iou) {
    double low = 0;
    double high = farthest();
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (overlap(middle) > iou) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The step at which opposite edges meet. */
  private double farthest() {
    double closing = Math.max(move[0] + move[2], move[1] + move[3]);
    return closing > 1 / FARTHEST ? 1 / closing : FARTHEST;
  }

  /** IoU with the true box after this step; 0 where nothing is left of it. */
  private double overlap(double step) {
    double left = left(step);
    double top = top(step);
    double right = right(step);
    double bottom = bottom(step);
    return right > left && bottom > top ? box.iou(Box.ofCorners(left, top, right, bottom)) : 0;
  }

  private Box moved(double step) {
    return Box.ofCorners(left(step), top(step), right(step), bottom(step));
  }

  private double left(double step) {
    return Math.max(Math.min(0, box.x()), box.x() + step * move[0] * box.width());
  }

  private double top(double step) {
    return Math.max(Math.min(0, box.y()), box.y() + step * move[1] * box.height());
  }

  private double right(double step) {
    return Math.min(Math.max(imageWidth, box.right()), box.right() - step * move[2] * box.width());
  }

  private double bottom(double step) {
    return Math.min(
        Math.max(imageHeight, box.bottom()), box.bottom() - step * move[3] * box.height());
  }
}
