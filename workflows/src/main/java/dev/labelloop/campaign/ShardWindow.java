package dev.labelloop.campaign;

/**
 * How many shards of a group are in flight at once.
 *
 * <p>It only keeps the queue from running dry; workers' slots decide what runs side by side. A
 * small one leaves little behind in the queue when a person holds the campaign.
 */
final class ShardWindow {
  /** One in work and one at hand for each slot. */
  private static final int A_SLOT = 2;

  /** So that the first workers of many find something to do at once. */
  static final int LEAST = 8;

  /** Two groups stay well below the 500 that a server takes with ease for one workflow. */
  static final int MOST = 200;

  /** Where the server cannot tell its workers: sixteen slots. */
  static final int UNKNOWN = 32;

  private ShardWindow() {}

  /**
   * The window for so many slots.
   *
   * @param slots that predict now, over all workers; 0 where nobody knows
   */
  static int of(int slots) {
    return slots == 0 ? UNKNOWN : Math.min(MOST, Math.max(LEAST, A_SLOT * slots));
  }
}
