package dev.labelloop.activities.review.page;

import dev.labelloop.activities.review.Answers;
import dev.labelloop.activities.review.ReviewTool;
import dev.labelloop.activities.review.ReviewToolContract;
import dev.labelloop.core.BatchId;
import java.util.Optional;

class PageReviewToolTest extends ReviewToolContract {
  @Override
  protected ReviewTool tool() {
    return new PageReviewTool(stores.answers);
  }

  @Override
  protected void peopleAnswer(BatchId batch) {
    stores
        .batches
        .items(batch)
        .forEach(
            item ->
                stores.answers.put(
                    batch.round(), Answers.corrected(item.image()), Optional.empty()));
  }
}
