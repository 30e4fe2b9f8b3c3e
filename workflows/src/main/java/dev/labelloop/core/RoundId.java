package dev.labelloop.core;

/**
 * One pass through the loop, written {@code <campaign>/r<n>}.
 *
 * @param campaign whose round it is
 * @param number from 1; 0 stands for the initial model, measured before any label
 */
public record RoundId(CampaignName campaign, int number) {
  public RoundId {
    if (number < 0) {
      throw new IllegalArgumentException("round number is negative: " + number);
    }
  }

  /** The id of the round's k-th review batch, k from 0. */
  public BatchId batch(int index) {
    return new BatchId(this + "/b" + index);
  }

  @Override
  public String toString() {
    return campaign + "/r" + number;
  }
}
