package dev.labelloop.activities.review;

import dev.labelloop.activities.review.quality.Agreement;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.util.List;
import java.util.Optional;

/** Which of several people's answers stands for an image. */
final class Settlement {
  private Settlement() {}

  /**
   * The newest answer of a seat.
   *
   * @param version within the seat
   */
  record Said(int seat, int version, Answer answer) {
    private boolean isSkipped() {
      return answer.outcome() == ReviewOutcome.SKIPPED;
    }
  }

  /** How an answer came to settle its image. */
  enum By {
    /** Nobody else was to be asked. */
    NEWEST,
    /** People agree, and it is nearest to what the others say. */
    AGREEMENT,
    /** It was made by somebody who decides, or comes from a file or a tool. */
    DECISION,
    /** The batch was closed, and it is the best that was there. */
    CLOSING
  }

  /**
   * How far answers agree: mean F1 over their pairs, in [0, 1]. Who skips an image agrees with whom
   * skips it too, and with nobody else.
   *
   * @param said two or more
   */
  static double agreement(List<Said> said) {
    double sum = 0;
    for (int i = 0; i < said.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += agreement(said.get(i), said.get(j));
      }
    }
    return sum * 2 / (said.size() * (said.size() - 1.0));
  }

  private static double agreement(Said one, Said other) {
    return one.isSkipped() || other.isSkipped()
        ? (one.isSkipped() && other.isSkipped() ? 1 : 0)
        : Agreement.f1(one.answer.boxes(), other.answer.boxes());
  }

  /**
   * The answer nearest to all others, if everybody has answered and they agree.
   *
   * @param said newest answers by seat
   * @param overlap how many people answer
   * @param least mean F1, in [0, 1]
   */
  static Optional<Said> agreed(List<Said> said, int overlap, double least) {
    return said.size() >= overlap && agreement(said) >= least
        ? Optional.of(best(said))
        : Optional.empty();
  }

  /**
   * The answer nearest to all others; of equals the first. Somebody who answers stands before those
   * who skip.
   *
   * @param said newest answers by seat, one or more
   */
  static Said best(List<Said> said) {
    List<Said> answers = said.stream().filter(one -> !one.isSkipped()).toList();
    if (answers.isEmpty()) {
      return said.get(0);
    }
    List<List<LabelledBox>> boxes = answers.stream().map(one -> one.answer.boxes()).toList();
    return answers.get(Agreement.medoid(boxes));
  }
}
