package dev.labelloop.activities.review;

import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.core.BatchId;
import dev.labelloop.prediction.Detection;
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
   * @param proposals what the model found, or the label as it stands if people have made one in an
   *     earlier round
   * @param labelled whether they have
   */
  public record Item(StoredImage image, List<Detection> proposals, boolean labelled) {}
}
