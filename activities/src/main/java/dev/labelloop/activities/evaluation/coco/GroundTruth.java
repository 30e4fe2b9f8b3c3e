package dev.labelloop.activities.evaluation.coco;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
  final BitSet ignored;
  private final @Nullable Federation federation;

  /**
   * A truth in which every image is labelled with every class.
   *
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
    this(imageIds, categoryIds, categoryNames, boxes, crowd, crowd, null);
  }

  private GroundTruth(
      long[] imageIds,
      long[] categoryIds,
      List<String> categoryNames,
      BoxColumns boxes,
      BitSet crowd,
      BitSet ignored,
      @Nullable Federation federation) {
    this.imageIds = imageIds;
    this.categoryIds = categoryIds;
    this.categoryNames = List.copyOf(categoryNames);
    this.boxes = boxes;
    this.crowd = crowd;
    this.ignored = ignored;
    this.federation = federation;
  }

  /** Whether images are labelled with some classes only, so that detections are judged by image. */
  boolean isFederated() {
    return federation != null;
  }

  /** The same labelled in part: there are no crowds, and those rows are ignored boxes. */
  GroundTruth federated(Federation parts) {
    return new GroundTruth(
        imageIds, categoryIds, categoryNames, boxes, new BitSet(), ignored, parts);
  }

  /** The detections that can be judged, as columns in file order. */
  Detections judged(Detections detections, int mostAnImage) {
    return federation == null
        ? detections
        : federation.judged(boxes, images(), detections, mostAnImage);
  }

  /** Whether a detection that matches nothing may be right all the same. */
  boolean mayLackBoxes(BoxColumns detections, int row) {
    return federation != null
        && federation.mayLackBoxes(detections.image[row], detections.category[row]);
  }

  /** Places of the categories that so many training images show; empty where nothing says so. */
  int[] categoriesOf(Frequency frequency) {
    return federation == null ? new int[0] : federation.categoriesOf(frequency);
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
