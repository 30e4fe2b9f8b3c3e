package dev.labelloop.campaign;

import java.util.Objects;

/**
 * How a campaign is, and why.
 *
 * @param level how bad it is
 * @param cause which trouble it is, as {@code retries/PredictShard}; empty if all is well. What is
 *     said of the same trouble may change from look to look, and is no news
 * @param reason one sentence for people with what to do, without counts or times, which would age;
 *     empty if all is well
 */
public record HealthNote(CampaignHealth level, String cause, String reason) {
  /** All is well. */
  public static final HealthNote OK = new HealthNote(CampaignHealth.OK, "", "");

  /** Messages of failures may be pages long; more would not be read, nor fit into an attribute. */
  public static final int MOST_REASON = 240;

  public HealthNote {
    Objects.requireNonNull(level, "level");
    cause = Objects.requireNonNullElse(cause, "");
    reason = oneLine(Objects.requireNonNullElse(reason, ""));
  }

  static HealthNote degraded(String cause, String reason) {
    return new HealthNote(CampaignHealth.DEGRADED, cause, reason);
  }

  static HealthNote blocked(String cause, String reason) {
    return new HealthNote(CampaignHealth.BLOCKED, cause, reason);
  }

  /** Whether all is well. */
  public boolean ok() {
    return level == CampaignHealth.OK;
  }

  /** Whether both speak of the same trouble. */
  public boolean sameTrouble(HealthNote other) {
    return level == other.level && cause.equals(other.cause);
  }

  /** Whether this is worse than the other. */
  public boolean worseThan(HealthNote other) {
    return level.compareTo(other.level) > 0;
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MOST_REASON ? line : line.substring(0, MOST_REASON - 1) + "…";
  }
}
