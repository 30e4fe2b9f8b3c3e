package dev.labelloop.activities.evaluation.coco;

import java.util.List;

/**
 * A size of objects: square pixels, both ends inside, so 32² is small and medium.
 *
 * @param least not negative
 * @param most not below {@code least}
 */
public record AreaRange(String name, double least, double most) {
  /** COCO's end of an open range. */
  public static final double LARGEST = 1e10;

  /** Objects of every size. */
  public static final AreaRange ALL = new AreaRange("all", 0, LARGEST);

  /** COCO's sizes besides all, from the smallest. */
  public static final List<AreaRange> SIZES =
      List.of(
          new AreaRange("small", 0, 32 * 32),
          new AreaRange("medium", 32 * 32, 96 * 96),
          new AreaRange("large", 96 * 96, LARGEST));

  /**
   * Checks a range.
   *
   * @throws IllegalArgumentException if it is none
   */
  public AreaRange {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an area range has a name, as in small=0..1024");
    }
    if (!(least >= 0 && most >= least && most < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "area range " + name + " from " + least + " to " + most + ": write 0 <= from <= to");
    }
  }

  /** Whether an object of this area, square pixels, is of another size. */
  public boolean excludes(double area) {
    return area < least || area > most;
  }
}
