package dev.labelloop.activities.selection;

import dev.labelloop.activities.dataset.Share;

/**
 * How many images people see in a round, and for what.
 *
 * @param images of the whole round
 * @param audit of them drawn uniformly from the pool
 * @param verify of them drawn from the images that hold pseudo-label candidates
 * @param recheck of them at most, whose labels a model contradicts
 */
public record RoundBudget(int images, int audit, int verify, int recheck) {
  public RoundBudget {
    if (images < 0 || audit < 0 || verify < 0 || recheck < 0 || audit + verify + recheck > images) {
      throw new IllegalArgumentException(
          "budget does not add up: %d audit, %d verify and %d recheck of %d"
              .formatted(audit, verify, recheck, images));
    }
  }

  /**
   * The budget of a campaign's every round.
   *
   * <p>Each share is rounded up; when the shares do not fit, the audit goes first, for it is what
   * all statements rest on, and the recheck last.
   *
   * @param initialPool images in the pool before any label
   * @param budgetShare of the initial pool, in [0, 1]
   * @param auditShare of the budget, in [0, 1]
   * @param verifyShare of the budget, in [0, 1]; 0 without pseudo-labels
   * @param recheckShare of the budget, in [0, 1]
   */
  public static RoundBudget of(
      int initialPool,
      double budgetShare,
      double auditShare,
      double verifyShare,
      double recheckShare) {
    int images = Share.of(initialPool, budgetShare);
    int audit = Share.of(images, auditShare);
    int verify = Math.min(Share.of(images, verifyShare), images - audit);
    int recheck = Math.min(Share.of(images, recheckShare), images - audit - verify);
    return new RoundBudget(images, audit, verify, recheck);
  }

  /** Images left to the selection strategy, if all shares are used. */
  public int active() {
    return images - audit - verify - recheck;
  }
}
