package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that a person gave, with what lay before them.
 *
 * @param version within the person's seat, from 1
 * @param newest whether the person gave no later one
 * @param whole whether it speaks of the whole image, not of single boxes
 * @param model what the model proposes, as far as people see it
 * @param before the label of an earlier round, which is shown in place of the model's proposals;
 *     null if there was none
 * @param blind whether the model's proposals were hidden
 * @param seconds of work, idle gaps left out where the page measured
 * @param hasty verdicts faster than a look; null where nobody measured
 */
record Given(
    int round,
    ImageId image,
    Purpose purpose,
    int seat,
    int version,
    boolean newest,
    String person,
    ReviewOutcome outcome,
    List<LabelledBox> boxes,
    boolean whole,
    List<Detection> model,
    @Nullable List<LabelledBox> before,
    boolean blind,
    double seconds,
    @Nullable Integer hasty) {

  boolean skipped() {
    return outcome == ReviewOutcome.SKIPPED;
  }

  /** What the person saw at first. */
  List<Detection> shown() {
    if (before != null) {
      return before.stream().map(b -> new Detection(b.box(), b.classIndex(), 1)).toList();
    }
    return blind ? List.of() : model;
  }

  /** What the person did to it, by class. */
  Map<Integer, ReviewWork> work() {
    return Acts.of(shown(), boxes);
  }

  /** Whether its time says what its acts take: measured, of a whole image, from what was shown. */
  boolean timed() {
    return hasty != null && version == 1 && whole && !skipped();
  }
}
