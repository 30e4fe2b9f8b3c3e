package dev.labelloop.activities.review;

import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.core.BatchId;
import dev.labelloop.prediction.Detection;
import dev.labelloop.selection.Purpose;
import java.util.List;

/**
 * A batch as it goes to a review tool.
 *
 * @param id names it, there and here
 * @param classes of the campaign, in the order of {@code classIndex}
 * @param seed of the campaign's draws
 * @param items in the order in which people should see them
 */
public record ReviewBatch(BatchId id, List<String> classes, long seed, List<Item> items) {
  /**
   * One image with the boxes that people are shown.
   *
   * @param purpose for which it is asked about
   * @param asked of its boxes
   */
  public record Item(StoredImage image, Purpose purpose, BoxQueries asked) {
    /**
     * What the model found, or the label as it stands if people have made one in an earlier round.
     */
    public List<Detection> proposals() {
      return asked.proposals();
    }

    /** Whether people have labelled it in an earlier round. */
    public boolean labelled() {
      return asked.before() != null;
    }
  }
}
