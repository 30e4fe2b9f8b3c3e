package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;

/** Ids in the order of their file. */
final class IdColumn {
  private static final int FIRST_CAPACITY = 1024;

  private long[] ids = new long[FIRST_CAPACITY];
  private int size;

  void add(long id) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, size * 2);
    }
    ids[size++] = id;
  }

  int size() {
    return size;
  }

  long get(int row) {
    return ids[row];
  }

  long[] ascending() {
    long[] sorted = Arrays.copyOf(ids, size);
    Arrays.sort(sorted);
    return sorted;
  }

  /** The first row whose id an earlier row has; -1 if all are distinct. */
  int firstRepeated() {
    long[] sorted = ascending();
    boolean distinct = true;
    for (int i = 1; i < size && distinct; i++) {
      distinct = sorted[i - 1] != sorted[i];
    }
    return distinct ? -1 : firstRepeatedRow(sorted);
  }

  private int firstRepeatedRow(long[] sorted) {
    boolean[] seen = new boolean[size];
    for (int row = 0; row < size; row++) {
      int place = Arrays.binarySearch(sorted, ids[row]); // the same place for equal ids
      if (seen[place]) {
        return row;
      }
      seen[place] = true;
    }
    throw new AssertionError("two sorted ids are equal, so two rows are");
  }
}
