package dev.labelloop.worker.client;

import dev.labelloop.campaign.CampaignOutcome;
import dev.labelloop.campaign.Visibility;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.common.SearchAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A campaign in a list.
 *
 * @param campaign its name
 * @param state RUNNING, its outcome, or FAILED, CANCELED, TERMINATED or TIMED_OUT
 * @param phase where it is; null before it says so
 * @param round running, from 1; 0 while it is prepared
 * @param map of the champion, a fraction; null before it is measured
 * @param started when its newest run began
 */
public record CampaignSummary(
    String campaign,
    String state,
    @Nullable String phase,
    long round,
    @Nullable Double map,
    Instant started) {
  private static final String ID_PREFIX = "campaign/";
  private static final String STATUS_PREFIX = "WORKFLOW_EXECUTION_STATUS_";

  /**
   * From what the server lists.
   *
   * @param outcome of a campaign that came to its end; null of another
   */
  static CampaignSummary of(WorkflowExecutionMetadata run, @Nullable CampaignOutcome outcome) {
    SearchAttributes attributes = run.getTypedSearchAttributes();
    Long round = attributes.get(Visibility.ROUND);
    return new CampaignSummary(
        run.getExecution().getWorkflowId().substring(ID_PREFIX.length()),
        outcome == null ? run.getStatus().name().substring(STATUS_PREFIX.length()) : outcome.name(),
        attributes.get(Visibility.PHASE),
        round == null ? 0 : round,
        attributes.get(Visibility.MAP),
        run.getStartTime());
  }
}
