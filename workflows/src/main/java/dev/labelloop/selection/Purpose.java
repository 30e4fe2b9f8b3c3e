package dev.labelloop.selection;

/** Why an image lies before people. */
public enum Purpose {
  /** The selection strategy thinks it worth their time. */
  ACTIVE,
  /**
   * Drawn uniformly from the pool: the control arm, and what calibration and drift are read from.
   */
  AUDIT,
  /** Drawn from the images that hold pseudo-label candidates, to check these. */
  VERIFY,
  /** Labelled before, by a person or a model, and contradicted by a model since. */
  RECHECK,
  /** Part of the holdout, which models are measured on. */
  HOLDOUT
}
