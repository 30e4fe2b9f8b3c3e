package dev.labelloop.activities.evaluation.coco;

/** A moving window over sorted rows: first a class, inside it one image after the other. */
final class Rows {
  private final int[] sorted;
  private final int[] category;
  private final int[] image;
  private int from;
  private int to;

  /** Begins before the first class; {@code sorted} is by category, then image. */
  Rows(int[] sorted, BoxColumns boxes) {
    this.sorted = sorted;
    this.category = boxes.category;
    this.image = boxes.image;
  }

  int size() {
    return to - from;
  }

  int row(int i) {
    return sorted[from + i];
  }

  /** The image of the row behind the window; {@code none} if that row is of another class. */
  int nextImage(int ofCategory, int none) {
    return to < sorted.length && category[sorted[to]] == ofCategory ? image[sorted[to]] : none;
  }

  /**
   * Moves the window on to the next rows, those of this class and image; empty if there are none.
   */
  void moveTo(int ofCategory, int ofImage) {
    from = to;
    while (to < sorted.length
        && category[sorted[to]] == ofCategory
        && image[sorted[to]] == ofImage) {
      to++;
    }
  }
}
