package dev.labelloop.activities.selection;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The few best of many rows, in one pass and with memory for the few alone: a heap whose root is
 * the worst row kept.
 */
final class TopRows {
  private final double[] scores;
  private final int[] rows;
  private int size;

  private TopRows(int capacity) {
    scores = new double[capacity];
    rows = new int[capacity];
  }

  /**
   * The rows of the highest scores, highest first; of equal scores the lower row is the better.
   *
   * @param n number of rows
   * @param k rows wanted; all if there are fewer
   * @param score of a row, not NaN
   * @throws IllegalArgumentException if k is negative
   */
  static List<Integer> highest(int n, int k, IntToDoubleFunction score) {
    if (k < 0) {
      throw new IllegalArgumentException("budget is negative: " + k);
    }
    TopRows top = new TopRows(Math.min(n, k));
    for (int row = 0; row < n && k > 0; row++) {
      top.offer(row, score.applyAsDouble(row));
    }
    Integer[] best = new Integer[top.size];
    while (top.size > 0) {
      int place = top.size - 1;
      best[place] = top.removeWorst();
    }
    return List.of(best);
  }

  private void offer(int row, double score) {
    if (size < rows.length) {
      siftUp(row, score);
    } else if (score > scores[0]) { // an equal score in a later row is worse
      siftDown(row, score);
    }
  }

  private int removeWorst() {
    int worst = rows[0];
    size--;
    if (size > 0) {
      siftDown(rows[size], scores[size]);
    }
    return worst;
  }

  private void siftUp(int row, double score) {
    int at = size++;
    while (at > 0 && worse(row, score, (at - 1) / 2)) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    put(at, row, score);
  }

  /** Puts a row in place of the root. */
  private void siftDown(int row, double score) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && worse(rows[child + 1], scores[child + 1], child)) {
        child++;
      }
      if (!worse(rows[child], scores[child], row, score)) {
        break;
      }
      move(child, at);
      at = child;
    }
    put(at, row, score);
  }

  private boolean worse(int row, double score, int place) {
    return worse(row, score, rows[place], scores[place]);
  }

  private static boolean worse(int row, double score, int otherRow, double otherScore) {
    return score < otherScore || (score == otherScore && row > otherRow);
  }

  private void move(int from, int to) {
    put(to, rows[from], scores[from]);
  }

  private void put(int at, int row, double score) {
    rows[at] = row;
    scores[at] = score;
  }
}
