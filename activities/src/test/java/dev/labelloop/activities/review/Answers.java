package dev.labelloop.activities.review;

import dev.labelloop.activities.Stores;
import dev.labelloop.activities.selection.BatchRepository;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.UUID;

/** What people say in tests. */
public final class Answers {
  private Answers() {}

  public static BatchRepository.Item item(ImageId image, Purpose purpose) {
    return new BatchRepository.Item(image, purpose, "asked by a test");
  }

  /** One object drawn. */
  public static Answer corrected(ImageId image) {
    return corrected(image, Stores.box(0, 0));
  }

  public static Answer corrected(ImageId image, LabelledBox... boxes) {
    return answer(image, UUID.randomUUID(), ReviewOutcome.CORRECTED, List.of(boxes));
  }

  public static Answer skipped(ImageId image) {
    return answer(image, UUID.randomUUID(), ReviewOutcome.SKIPPED, List.of());
  }

  public static Answer answer(
      ImageId image, UUID submission, ReviewOutcome outcome, List<LabelledBox> boxes) {
    String reason = outcome == ReviewOutcome.SKIPPED ? "too dark" : null;
    return new Answer(image, submission, outcome, boxes, "anna", reason, 12.5, 0, boxes.size());
  }
}
