package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The truth to evaluate against: images, categories and boxes as columns.
 *
 * <p>Images and categories are known by their place in the ascending ids: equal scores in two
 * images are ranked by that order.
 */
final class GroundTruth {
  private final long[] imageIds;
  private final long[] categoryIds;
  private final List<String> categoryNames;
  final BoxColumns boxes;
  final BitSet crowd;

  /**
   * @param imageIds ascending, distinct
   * @param categoryIds ascending, distinct
   * @param categoryNames in the order of {@code categoryIds}
   * @param boxes with the area as value
   * @param crowd rows of {@code boxes} that stand for a crowd
   */
  GroundTruth(
      long[] imageIds,
      long[] categoryIds,
      List<String> categoryNames,
      BoxColumns boxes,
      BitSet crowd) {
    this.imageIds = imageIds;
    this.categoryIds = categoryIds;
    this.categoryNames = List.copyOf(categoryNames);
    this.boxes = boxes;
    this.crowd = crowd;
  }

  int images() {
    return imageIds.length;
  }

  int categories() {
    return categoryIds.length;
  }

  long categoryId(int category) {
    return categoryIds[category];
  }

  String categoryName(int category) {
    return categoryNames.get(category);
  }

  /** Place of an image; negative if there is no such id. */
  int imageIndex(long id) {
    return Arrays.binarySearch(imageIds, id);
  }

  /** Place of a category; negative if there is no such id. */
  int categoryIndex(long id) {
    return Arrays.binarySearch(categoryIds, id);
  }
}
