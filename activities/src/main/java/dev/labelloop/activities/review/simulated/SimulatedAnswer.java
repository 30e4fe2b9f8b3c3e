package dev.labelloop.activities.review.simulated;

import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.util.List;

/**
 * A simulated reviewer's answer to one image.
 *
 * @param outcome accepted if no box was touched, else corrected; never skipped
 * @param boxes all objects that the reviewer saw
 * @param work what was done to get there
 * @param seconds that it took
 */
public record SimulatedAnswer(
    ReviewOutcome outcome, List<LabelledBox> boxes, ReviewWork work, double seconds) {
  public SimulatedAnswer {
    boxes = List.copyOf(boxes);
  }
}
