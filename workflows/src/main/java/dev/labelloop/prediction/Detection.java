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
  public Detection {
    if (classIndex < 0) {
      throw new IllegalArgumentException("class index is negative: " + classIndex);
    }
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("confidence is outside [0, 1]: " + confidence);
    }
  }
}
