package dev.labelloop.review;

/** What a person did with one image. */
public enum ReviewOutcome {
  /** Every shown box was right and none was missing. */
  ACCEPTED,
  /** Boxes were added, moved, relabelled or deleted. */
  CORRECTED,
  /** The person could not or would not answer; the image stays as it was before the round. */
  SKIPPED
}
