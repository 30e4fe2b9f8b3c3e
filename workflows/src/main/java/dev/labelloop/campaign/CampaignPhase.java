package dev.labelloop.campaign;

/** Where a campaign is. */
public enum CampaignPhase {
  /** Images are registered and the initial model is measured; or the pool is being predicted. */
  PREDICTING,
  /** The round's images are being chosen. */
  SELECTING,
  /** Batches lie before people. */
  AWAITING_REVIEW,
  /** Pseudo-labels are checked and accepted, the training set is frozen. */
  ACCEPTING,
  /** The challenger is being trained. */
  TRAINING,
  /** The challenger is measured on the holdout and promoted or not. */
  EVALUATING,
  /** The campaign has ended. */
  DONE
}
