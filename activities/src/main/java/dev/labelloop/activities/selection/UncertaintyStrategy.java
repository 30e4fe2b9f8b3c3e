package dev.labelloop.activities.selection;

import java.util.List;
import java.util.Locale;

/**
 * Least confidence: an image's uncertainty is 1 minus the mean confidence of its detections, and 1,
 * the most, where nothing was found.
 *
 * <p>The plain baseline (Lewis and Gale 1994, <a
 * href="https://arxiv.org/abs/cmp-lg/9407020">cmp-lg/9407020</a>, for one box; Brust et al. 2019,
 * <a href="https://arxiv.org/abs/1809.09875">arXiv 1809.09875</a>, for the mean over an image): it
 * favours doubtful images, not crowded ones.
 */
public final class UncertaintyStrategy implements SelectionStrategy {
  private static final double NOTHING_FOUND = 1;

  @Override
  public String name() {
    return "uncertainty";
  }

  @Override
  public List<Pick> select(PoolView pool, int budget, long seed) {
    return TopRows.highest(pool.size(), budget, row -> uncertainty(pool, row)).stream()
        .map(row -> Pick.whole(pool.image(row), reason(pool, row)))
        .toList();
  }

  /** Uncertainty of a row's image, in [0, 1]. */
  static double uncertainty(PoolView pool, int row) {
    int boxes = pool.boxes(row);
    double sum = 0;
    for (int box = 0; box < boxes; box++) {
      sum += pool.confidence(row, box);
    }
    return boxes == 0 ? NOTHING_FOUND : 1 - sum / boxes;
  }

  private static String reason(PoolView pool, int row) {
    return pool.boxes(row) == 0
        ? "nothing found"
        : String.format(Locale.ROOT, "uncertainty %.3f", uncertainty(pool, row));
  }
}
