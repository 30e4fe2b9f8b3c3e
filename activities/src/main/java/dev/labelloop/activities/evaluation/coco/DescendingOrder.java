package dev.labelloop.activities.evaluation.coco;

/**
 * Stable sort of places by falling score, as numpy's mergesort of the negated scores: of equal
 * scores the earlier place comes first, and -0.0 equals 0.0. Scores must not be NaN.
 *
 * <p>Keeps its buffers, so one instance serves one thread.
 */
final class DescendingOrder {
  private static final int INSERTION_RUN = 16;

  private int[] order = new int[0];
  private int[] scratch = new int[0];

  /** Places 0 to n-1 of {@code scores}, sorted; the array is valid until the next call. */
  int[] of(double[] scores, int n) {
    if (order.length < n) {
      order = new int[Math.max(n, 2 * order.length)];
      scratch = new int[order.length];
    }
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    for (int from = 0; from < n; from += INSERTION_RUN) {
      insertionSort(scores, from, Math.min(n, from + INSERTION_RUN));
    }
    for (int run = INSERTION_RUN; run < n; run *= 2) {
      for (int from = 0; from + run < n; from += 2 * run) {
        merge(scores, from, from + run, Math.min(n, from + 2 * run));
      }
    }
    return order;
  }

  private void insertionSort(double[] scores, int from, int to) {
    for (int i = from + 1; i < to; i++) {
      int place = order[i];
      double score = scores[place];
      int j = i;
      while (j > from && scores[order[j - 1]] < score) {
        order[j] = order[j - 1];
        j--;
      }
      order[j] = place;
    }
  }

  private void merge(double[] scores, int from, int middle, int to) {
    if (scores[order[middle - 1]] >= scores[order[middle]]) {
      return;
    }
    System.arraycopy(order, from, scratch, from, middle - from);
    int left = from;
    int right = middle;
    int out = from;
    while (left < middle && right < to) {
      boolean takeRight = scores[order[right]] > scores[scratch[left]];
      order[out++] = takeRight ? order[right++] : scratch[left++];
    }
    System.arraycopy(scratch, left, order, out, middle - left);
  }
}
