package dev.labelloop.activities.review;

/**
 * What a reviewer did to the boxes of one image; each box counts once.
 *
 * @param kept shown boxes left as they were
 * @param adjusted shown boxes whose edges were moved
 * @param relabelled shown boxes that got another class, their edges moved or not
 * @param deleted shown boxes removed
 * @param added boxes drawn
 */
public record ReviewWork(int kept, int adjusted, int relabelled, int deleted, int added) {
  /**
   * Boxes that a person drew, adjusted, relabelled or deleted; those only looked at do not count.
   */
  public int touched() {
    return adjusted + relabelled + deleted + added;
  }
}
