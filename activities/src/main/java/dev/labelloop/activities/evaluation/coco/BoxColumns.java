package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;

/**
 * Boxes as columns in the order of their file. {@code image} and {@code category} are places in the
 * ascending ids, x, y, width and height are pixels.
 */
final class BoxColumns {
  private static final int FIRST_CAPACITY = 1024;

  int size;
  int[] image = new int[FIRST_CAPACITY];
  int[] category = new int[FIRST_CAPACITY];
  double[] x = new double[FIRST_CAPACITY];
  double[] y = new double[FIRST_CAPACITY];
  double[] width = new double[FIRST_CAPACITY];
  double[] height = new double[FIRST_CAPACITY];

  /** The area of a ground truth (the file's, not width x height), the score of a detection. */
  double[] value = new double[FIRST_CAPACITY];

  void add(int imageIndex, int categoryIndex, double[] xywh, double areaOrScore) {
    if (size == image.length) {
      grow(size * 2);
    }
    image[size] = imageIndex;
    category[size] = categoryIndex;
    x[size] = xywh[0];
    y[size] = xywh[1];
    width[size] = xywh[2];
    height[size] = xywh[3];
    value[size] = areaOrScore;
    size++;
  }

  /** Copies a row's box into {@code xywh} and gives it back. */
  double[] box(int row, double[] xywh) {
    xywh[0] = x[row];
    xywh[1] = y[row];
    xywh[2] = width[row];
    xywh[3] = height[row];
    return xywh;
  }

  /** Rows by category, then image, then place in the file: two stable counting sorts. */
  int[] byCategoryAndImage(int categories, int images) {
    return countingSort(byImage(images), category, categories);
  }

  /** Rows by image, then place in the file. */
  int[] byImage(int images) {
    return countingSort(rows(), image, images);
  }

  private int[] rows() {
    int[] rows = new int[size];
    for (int i = 0; i < size; i++) {
      rows[i] = i;
    }
    return rows;
  }

  private static int[] countingSort(int[] rows, int[] key, int keys) {
    int[] next = new int[keys + 1];
    for (int row : rows) {
      next[key[row] + 1]++;
    }
    for (int k = 0; k < keys; k++) {
      next[k + 1] += next[k];
    }
    int[] sorted = new int[rows.length];
    for (int row : rows) {
      sorted[next[key[row]]++] = row;
    }
    return sorted;
  }

  private void grow(int capacity) {
    image = Arrays.copyOf(image, capacity);
    category = Arrays.copyOf(category, capacity);
    x = Arrays.copyOf(x, capacity);
    y = Arrays.copyOf(y, capacity);
    width = Arrays.copyOf(width, capacity);
    height = Arrays.copyOf(height, capacity);
    value = Arrays.copyOf(value, capacity);
  }
}
