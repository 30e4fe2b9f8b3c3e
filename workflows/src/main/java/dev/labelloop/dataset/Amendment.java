package dev.labelloop.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a person changes of a running campaign; null leaves a value as it is. The specification
 * itself stays as it was stored.
 *
 * @param budget images a round as a share of the initial pool, in (0, 1]; from the next selection
 * @param deadline of a round's review; moves that of a review under way
 * @param target mAP of the champion that ends the campaign, a fraction in (0, 1]; from the end of
 *     this round
 * @param rounds rounds at most, from the one under way to 1,000
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Amendment(
    @Nullable Double budget,
    @Nullable Duration deadline,
    @Nullable Double target,
    @Nullable Integer rounds) {
  /** Changes nothing. */
  public static final Amendment NONE = new Amendment(null, null, null, null);

  /** What a specification may ask for at most. */
  private static final int MOST_ROUNDS = 1000;

  /** Longer ones are slips of the pen, and a wait must fit into one history. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  /**
   * Refuses what no campaign can take.
   *
   * @throws IllegalArgumentException that names every key at fault, its value and the mend
   */
  public void check() {
    List<String> faults = new ArrayList<>();
    if (equals(NONE)) {
      faults.add("nothing to amend: give at least one of budget, deadline, target and rounds");
    }
    if (budget != null && !isShare(budget)) {
      faults.add("budget is " + budget + ", must be a share above 0 and at most 1, such as 0.05");
    }
    if (deadline != null
        && (deadline.isZero() || deadline.isNegative() || deadline.compareTo(LONGEST) > 0)) {
      faults.add(
          "deadline is " + deadline + ", must be above zero and at most P3650D, such as P1D");
    }
    if (target != null && !isShare(target)) {
      faults.add("target is " + target + ", must be a mAP above 0 and at most 1, such as 0.6");
    }
    if (rounds != null && (rounds < 1 || rounds > MOST_ROUNDS)) {
      faults.add("rounds is " + rounds + ", must be a whole number from 1 to " + MOST_ROUNDS);
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", faults));
    }
  }

  private static boolean isShare(double number) { // NaN is none
    return number > 0 && number <= 1;
  }

  /** Both together; where both say something, the later one stands. */
  public Amendment then(Amendment later) {
    return new Amendment(
        later.budget != null ? later.budget : budget,
        later.deadline != null ? later.deadline : deadline,
        later.target != null ? later.target : target,
        later.rounds != null ? later.rounds : rounds);
  }

  /** For people, such as {@code budget 5%, target mAP 0.6}. */
  public String words() {
    List<String> words = new ArrayList<>();
    if (budget != null) {
      words.add("budget " + percent(budget));
    }
    if (deadline != null) {
      words.add("review deadline " + deadline);
    }
    if (target != null) {
      words.add("target mAP " + target);
    }
    if (rounds != null) {
      words.add("at most " + rounds + " rounds");
    }
    return String.join(", ", words);
  }

  private static String percent(double share) {
    return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + "%";
  }
}
