package dev.labelloop.review;

import dev.labelloop.core.BatchId;
import java.util.Objects;

/**
 * Says that people are done with a batch; images without an answer stay unanswered.
 *
 * @param batchId which; a message without one is refused before it reaches a campaign
 */
public record ReviewComplete(BatchId batchId) {
  public ReviewComplete {
    Objects.requireNonNull(batchId, "batchId is missing: {\"batchId\": \"street/r1/b0\"}");
  }
}
