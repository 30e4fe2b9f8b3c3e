package dev.labelloop.activities.review;

import java.util.Map;

/**
 * What each act of a reviewer takes, in seconds.
 *
 * <p>The columns are put together from published figures: drawing from extreme clicking
 * (Papadopoulos et al. 2017, <a href="https://arxiv.org/abs/1708.02750">arXiv 1708.02750</a>), Open
 * Images, and crowd workers (Su et al. 2012); verifying from yes/no questions (Papadopoulos et al.
 * 2016, <a href="https://arxiv.org/abs/1602.08405">arXiv 1602.08405</a>) and the same two; an edit
 * is a verification and a gesture of 2.2 s; deleting is assumed to take as long as verifying.
 *
 * @param scan opening an image and looking for missed objects
 * @param verify seeing that a box is right
 * @param adjust seeing that a box is not right and moving its edges or changing its class
 * @param draw a new box with its class
 * @param delete seeing that a box is no object, and removing it
 */
public record HumanTime(double scan, double verify, double adjust, double draw, double delete) {
  /** Trained people with good tools. */
  public static final HumanTime FAST = new HumanTime(3.0, 1.6, 3.8, 7.0, 1.6);

  /** What to expect; the default. */
  public static final HumanTime BASE = new HumanTime(7.8, 3.5, 5.7, 7.4, 3.5);

  /** Crowd workers, with their own checks. */
  public static final HumanTime SLOW = new HumanTime(15.3, 9.0, 11.2, 25.5, 9.0);

  private static final Map<String, HumanTime> COLUMNS =
      Map.of("fast", FAST, "base", BASE, "slow", SLOW);

  /**
   * The column of this name.
   *
   * @throws IllegalArgumentException if it is not {@code fast}, {@code base} or {@code slow}
   */
  public static HumanTime named(String name) {
    HumanTime column = COLUMNS.get(name);
    if (column == null) {
      throw new IllegalArgumentException(
          "review.simulated.time '" + name + "' is unknown; use fast, base or slow");
    }
    return column;
  }

  /**
   * Seconds for one opened image: {@code scan + kept * verify + (adjusted + relabelled) * adjust +
   * added * draw + deleted * delete}.
   */
  public double seconds(ReviewWork work) {
    return scan
        + work.kept() * verify
        + (work.adjusted() + work.relabelled()) * adjust
        + work.added() * draw
        + work.deleted() * delete;
  }
}
