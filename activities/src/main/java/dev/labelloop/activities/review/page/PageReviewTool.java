package dev.labelloop.activities.review.page;

import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.Cursor;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.review.ReviewPage;
import dev.labelloop.activities.review.ReviewTool;
import dev.labelloop.core.BatchId;

/**
 * People answer through our own HTTP interface, which shows what the database holds and stores what
 * they say: there is nothing to publish, and closing a batch in the database is enough.
 */
public final class PageReviewTool implements ReviewTool {
  private final AnswerRepository answers;

  public PageReviewTool(AnswerRepository answers) {
    this.answers = answers;
  }

  @Override
  public String name() {
    return "page";
  }

  @Override
  public void publish(ReviewBatch batch) {}

  @Override
  public ReviewPage answers(BatchId batch, Cursor from) {
    return new ReviewPage(
        answers.settling(batch).stream().map(AnswerRepository.Stored::answer).toList(), from, true);
  }

  @Override
  public void close(BatchId batch) {}
}
