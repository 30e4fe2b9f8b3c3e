package dev.labelloop.activities.review;

import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a person said about one image.
 *
 * @param image which
 * @param submissionId made by the client; the same again is the same answer
 * @param outcome accepted, corrected or skipped
 * @param boxes all objects in the image, but for those in ignored places; empty is a valid answer
 * @param ignore places of which the answer says neither yes nor no; the class says what was
 *     proposed there
 * @param reviewer who
 * @param reason why it was skipped, if it was
 * @param seconds of the person's work
 * @param kept proposals left as they were
 * @param touched boxes drawn, adjusted, relabelled or deleted
 */
public record Answer(
    ImageId image,
    UUID submissionId,
    ReviewOutcome outcome,
    List<LabelledBox> boxes,
    List<LabelledBox> ignore,
    String reviewer,
    @Nullable String reason,
    double seconds,
    int kept,
    int touched) {
  public Answer {
    boxes = List.copyOf(boxes);
    ignore = List.copyOf(ignore);
  }

  /** An answer about the whole image. */
  public Answer(
      ImageId image,
      UUID submissionId,
      ReviewOutcome outcome,
      List<LabelledBox> boxes,
      String reviewer,
      @Nullable String reason,
      double seconds,
      int kept,
      int touched) {
    this(image, submissionId, outcome, boxes, List.of(), reviewer, reason, seconds, kept, touched);
  }
}
