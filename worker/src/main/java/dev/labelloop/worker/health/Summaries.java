package dev.labelloop.worker.health;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseResponse;
import io.temporal.client.WorkflowClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds in histories what the server does not tell of pending work: an activity's summary, and why
 * a decision failed. Both stand near the end. Not safe for use by several threads at once.
 */
final class Summaries {
  private static final int PAGE = 200;

  /** A group has at most 3,000 events; older ones are not of what is pending. */
  private static final int MOST_PAGES = 20;

  private static final int REMEMBERED = 1000;

  private final WorkflowClient client;
  private final Map<String, Optional<String>> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<String>> eldest) {
          return size() > REMEMBERED;
        }
      };

  Summaries(WorkflowClient client) {
    this.client = client;
  }

  /** What the activity is about. */
  @Nullable String of(WorkflowExecution workflow, PendingActivityInfo activity) {
    String key = workflow.getRunId() + "/" + activity.getActivityId();
    return known
        .computeIfAbsent(
            key,
            k ->
                newest(workflow, event -> schedules(event, activity.getActivityId()))
                    .filter(event -> event.getUserMetadata().hasSummary())
                    .map(
                        event ->
                            client
                                .getOptions()
                                .getDataConverter()
                                .fromPayload(
                                    event.getUserMetadata().getSummary(),
                                    String.class,
                                    String.class)))
        .orElse(null);
  }

  private static boolean schedules(HistoryEvent event, String activityId) {
    return event.hasActivityTaskScheduledEventAttributes()
        && event.getActivityTaskScheduledEventAttributes().getActivityId().equals(activityId);
  }

  /** Why the workflow's last decision failed. */
  @Nullable String lastFailedDecision(WorkflowExecution workflow) {
    return newest(workflow, HistoryEvent::hasWorkflowTaskFailedEventAttributes)
        .map(e -> FailureWords.of(e.getWorkflowTaskFailedEventAttributes().getFailure()))
        .orElse(null);
  }

  private Optional<HistoryEvent> newest(
      WorkflowExecution workflow, Predicate<HistoryEvent> wanted) {
    GetWorkflowExecutionHistoryReverseRequest.Builder request =
        GetWorkflowExecutionHistoryReverseRequest.newBuilder()
            .setNamespace(client.getOptions().getNamespace())
            .setExecution(workflow)
            .setMaximumPageSize(PAGE);
    for (int page = 0; page < MOST_PAGES; page++) {
      GetWorkflowExecutionHistoryReverseResponse answer =
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .getWorkflowExecutionHistoryReverse(request.build());
      Optional<HistoryEvent> found =
          answer.getHistory().getEventsList().stream().filter(wanted).findFirst();
      if (found.isPresent() || answer.getNextPageToken().isEmpty()) {
        return found;
      }
      request.setNextPageToken(answer.getNextPageToken());
    }
    return Optional.empty();
  }
}
