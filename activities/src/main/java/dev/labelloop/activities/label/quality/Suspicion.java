package dev.labelloop.activities.label.quality;

import dev.labelloop.activities.review.SuspicionKind;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A label, or a place without one, that a person should look at again.
 *
 * @param label what is labelled; null where an object seems to be overlooked
 * @param instead what the model would say
 * @param confidence of the model's detection, in [0, 1]
 * @param score in [0, 1], low is suspicious; see {@link LabelAudit}
 */
public record Suspicion(
    ImageId image,
    SuspicionKind kind,
    @Nullable LabelledBox label,
    LabelledBox instead,
    double confidence,
    double score) {
  /** The most suspicious first; of equal ones the more confident, then by image and place. */
  public static final Comparator<Suspicion> REVIEW_ORDER =
      Comparator.comparingDouble(Suspicion::score)
          .thenComparing(Comparator.comparingDouble(Suspicion::confidence).reversed())
          .thenComparing(Suspicion::image)
          .thenComparingDouble(s -> s.instead().box().x())
          .thenComparingDouble(s -> s.instead().box().y());
}
