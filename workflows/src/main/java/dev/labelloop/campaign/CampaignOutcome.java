package dev.labelloop.campaign;

/** Why a campaign ended. */
public enum CampaignOutcome {
  /** All rounds are done, or no image is left to label. */
  COMPLETED,
  /** The champion reached the target mAP. */
  TARGET_REACHED,
  /** A person finished it. */
  FINISHED,
  /** It could not go on; the failure says why. */
  FAILED
}
