package dev.labelloop.campaign;

/** What an operator filters by: {@code CampaignHealth != 'OK'} needs a look. */
public enum CampaignHealth {
  /** It runs, or ended as it should. */
  OK,
  /** A person holds it. */
  PAUSED,
  /** People were not done by the deadline, and were given as long again. */
  OVERDUE,
  /** A stage failed for good; the workflow's failure says why. */
  FAILED,
  /** It was cancelled from outside, rather than finished. */
  CANCELLED
}
