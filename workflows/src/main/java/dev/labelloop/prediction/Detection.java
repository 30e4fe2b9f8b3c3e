package dev.labelloop.prediction;

import dev.labelloop.core.Box;

/**
 * One box that a detector found.
 *
 * @param box where, in pixels of the upright image
 * @param classIndex place in the class list of the campaign (and of its models' heads), from 0
 * @param confidence the detector's score in [0, 1]; not a probability until calibrated
 */
public record Detection(Box box, int classIndex, double confidence) {
  /**
   * Detections below are for measuring alone: they are not shown to people, who would only delete
   * them, and do not count in an image's uncertainty, which they would drown.
   */
  public static final double SHOWN_FROM = 0.3;

  public Detection {
    if (classIndex < 0) {
      throw new IllegalArgumentException("class index is negative: " + classIndex);
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence is outside [0, 1]: " + confidence);
    }
  }

  /** Whether it is sure enough to be shown to people. */
  public boolean shown() {
    return confidence >= SHOWN_FROM;
  }
}
