package dev.labelloop.activities.review.quality;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When a person's known answers say that they should stop: only when the whole interval of their F1
 * lies below the bar, which {@link ConfidenceSequence} lets happen by chance to one in 200 people
 * at most who are just as good as the bar, however often one looks; and not before {@value #LEAST}
 * answers, so that nobody is stopped by a handful of odd images.
 */
final class Bar {
  static final int LEAST = 10;

  private Bar() {}

  /**
   * Why to pause somebody; empty if there is no reason.
   *
   * @param scores F1 of their known answers, in order
   * @param bar in [0, 1]; 0 pauses nobody
   */
  static Optional<String> reason(List<Double> scores, double bar) {
    if (scores.size() < LEAST || !ConfidenceSequence.isBelow(scores, bar)) {
      return Optional.empty();
    }
    Estimate f1 = ConfidenceSequence.of(scores);
    return Optional.of(
        String.format(
            Locale.ROOT,
            "F1 on %d images with a known answer is %.2f, surely below %.2f (%.2f to %.2f)",
            f1.n(),
            f1.value(),
            bar,
            f1.low(),
            f1.high()));
  }
}
