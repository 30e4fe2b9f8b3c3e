package dev.labelloop.activities.review;

import dev.labelloop.core.BatchId;

/**
 * A place where people answer.
 *
 * <p>Every call may be made again after a crash, with the same arguments, and must then do nothing
 * twice. A final refusal is an {@code ApplicationFailure} of type {@code BadReviewTool}; anything
 * else thrown is tried again.
 */
public interface ReviewTool {
  /** The name in specifications. */
  String name();

  /** Puts a batch before people; one that is there already stays as it is. */
  void publish(ReviewBatch batch);

  /** The batch's answers from a cursor on. */
  ReviewPage answers(BatchId batch, Cursor from);

  /** Takes the batch away from people; later answers are not asked for. */
  void close(BatchId batch);
}
