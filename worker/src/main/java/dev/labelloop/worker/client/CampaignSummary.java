package dev.labelloop.worker.client;

import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.CampaignOutcome;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.campaign.Visibility;
import dev.labelloop.evaluation.Champion;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributes;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A campaign in a list.
 *
 * @param campaign its name
 * @param state RUNNING, its outcome, or FAILED, CANCELED, TERMINATED or TIMED_OUT
 * @param phase where it is; null before it says so
 * @param round running, from 1; 0 while it is prepared
 * @param map of the champion, a fraction; null before it is measured
 * @param health how it is; null before it says so
 * @param reason why it is not {@code OK}, in one sentence; null if it is
 * @param started when its newest run began; null where only the campaign itself was asked
 */
public record CampaignSummary(
    String campaign,
    String state,
    @Nullable String phase,
    long round,
    @Nullable Double map,
    @Nullable CampaignHealth health,
    @Nullable String reason,
    @Nullable Instant started) {
  /** State of a campaign that has not ended. */
  public static final String RUNNING = "RUNNING";

  private static final String ID_PREFIX = "campaign/";
  private static final HealthNote TERMINATED =
      new HealthNote(
          CampaignHealth.BLOCKED,
          "terminated",
          "terminated from outside; start it again, and it goes on from what is stored");
  private static final String STATUS_PREFIX = "WORKFLOW_EXECUTION_STATUS_";

  /**
   * From what the server lists.
   *
   * @param outcome of a campaign that came to its end; null of another
   */
  static CampaignSummary of(WorkflowExecutionMetadata run, @Nullable CampaignOutcome outcome) {
    SearchAttributes attributes = run.getTypedSearchAttributes();
    Long round = attributes.get(Visibility.ROUND);
    HealthNote health = health(run);
    return new CampaignSummary(
        run.getExecution().getWorkflowId().substring(ID_PREFIX.length()),
        outcome == null ? run.getStatus().name().substring(STATUS_PREFIX.length()) : outcome.name(),
        attributes.get(Visibility.PHASE),
        round == null ? 0 : round,
        attributes.get(Visibility.MAP),
        health == null ? null : health.level(),
        health == null || health.ok() ? null : health.reason(),
        run.getStartTime());
  }

  /** From what a running campaign tells of itself. */
  static CampaignSummary of(CampaignStatus status) {
    Champion champion = status.champion();
    return new CampaignSummary(
        status.campaign().value(),
        RUNNING,
        status.phase().name(),
        status.round(),
        champion == null ? null : champion.score().map(),
        status.health().level(),
        status.health().ok() ? null : status.health().reason(),
        null);
  }

  private static @Nullable HealthNote health(WorkflowExecutionMetadata run) {
    if (run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED) {
      return TERMINATED; // it had no time to say so
    }
    SearchAttributes attributes = run.getTypedSearchAttributes();
    String level = attributes.get(Visibility.HEALTH);
    return Arrays.stream(CampaignHealth.values())
        .filter(health -> health.name().equals(level))
        .map(health -> new HealthNote(health, "", reason(attributes)))
        .findFirst()
        .orElse(null); // not yet, or in the words of another build
  }

  private static String reason(SearchAttributes attributes) {
    return Objects.requireNonNullElse(attributes.get(Visibility.HEALTH_REASON), "");
  }
}
