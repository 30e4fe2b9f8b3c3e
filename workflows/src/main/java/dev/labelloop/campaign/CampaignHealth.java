package dev.labelloop.campaign;

/** What an operator filters by: {@code CampaignHealth != 'OK'} needs a look; the last is worst. */
public enum CampaignHealth {
  /** It runs, or ended as it should. */
  OK,
  /** It goes on, but somebody should look. */
  DEGRADED,
  /** It goes no further until somebody acts. */
  BLOCKED
}
