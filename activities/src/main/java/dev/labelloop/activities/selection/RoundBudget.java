package dev.labelloop.activities.selection;

import dev.labelloop.activities.dataset.Share;

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
   * <p>Each share is rounded up; when the shares do not fit, the audit goes first, for it is what
   * all statements rest on.
   *
   * @param initialPool images in the pool before any label
   * @param budgetShare of the initial pool, in [0, 1]
   * @param auditShare of the budget, in [0, 1]
   * @param verifyShare of the budget, in [0, 1]; 0 without pseudo-labels
   */
  public static RoundBudget of(
      int initialPool, double budgetShare, double auditShare, double verifyShare) {
    int images = Share.of(initialPool, budgetShare);
    int audit = Share.of(images, auditShare);
    return new RoundBudget(images, audit, Math.min(Share.of(images, verifyShare), images - audit));
  }

  /** Images left to the selection strategy. */
  public int active() {
    return images - audit - verify;
  }
}
