package dev.labelloop.activities.selection;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many images people see in a round, and for what.
 *
 * @param images of the whole round
 * @param audit of them drawn uniformly from the pool
 * @param verify of them drawn from the images that hold pseudo-label candidates
 */
public record RoundBudget(int images, int audit, int verify) {
  public RoundBudget {
    if (images < 0 || audit < 0 || verify < 0 || audit + verify > images) {
      throw new IllegalArgumentException(
          "budget does not add up: " + audit + " audit and " + verify + " verify of " + images);
    }
  }

  /**
   * The budget of a campaign's every round.
   *
   * <p>Each share is rounded up, so that what was asked for is never rounded away; when the shares
   * do not fit, the audit goes first, for it is what all statements rest on.
   *
   * @param initialPool images in the pool before any label
   * @param budgetShare of the initial pool, in [0, 1]
   * @param auditShare of the budget, in [0, 1]
   * @param verifyShare of the budget, in [0, 1]; 0 without pseudo-labels
   */
  public static RoundBudget of(
      int initialPool, double budgetShare, double auditShare, double verifyShare) {
    int images = share(initialPool, budgetShare);
    int audit = share(images, auditShare);
    return new RoundBudget(images, audit, Math.min(share(images, verifyShare), images - audit));
  }

  /** Images left to the selection strategy. */
  public int active() {
    return images - audit - verify;
  }

  /** In decimals: as doubles, a tenth of 30 is 3.0000000000000004 and would round up to 4. */
  private static int share(int whole, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a share is in [0, 1]: " + share);
    }
    return BigDecimal.valueOf(share)
        .multiply(BigDecimal.valueOf(whole))
        .setScale(0, RoundingMode.CEILING)
        .intValueExact();
  }
}
