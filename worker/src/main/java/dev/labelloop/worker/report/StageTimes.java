package dev.labelloop.worker.report;

import com.google.protobuf.Timestamp;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds up, from the histories on the Temporal server, what each kind of activity took. */
public final class StageTimes {
  private final WorkflowClient client;

  public StageTimes(WorkflowClient client) {
    this.client = client;
  }

  /**
   * Times of all finished activities of a campaign and its children, the longest first.
   *
   * @param newestRun any run of the campaign; earlier runs are found from it
   */
  public List<StageTime> of(WorkflowExecution newestRun) {
    Map<String, StageTime> byStage = new LinkedHashMap<>();
    Deque<WorkflowExecution> open = new ArrayDeque<>(List.of(newestRun));
    while (!open.isEmpty()) {
      WorkflowExecution run = open.pop();
      add(
          client.fetchHistory(run.getWorkflowId(), run.getRunId()).getEvents(),
          run.getWorkflowId(),
          byStage,
          open);
    }
    List<StageTime> times = new ArrayList<>(byStage.values());
    times.sort(Comparator.comparingDouble(StageTime::seconds).reversed());
    return times;
  }

  private static void add(
      List<HistoryEvent> events,
      String workflowId,
      Map<String, StageTime> byStage,
      Deque<WorkflowExecution> open) {
    Map<Long, String> scheduled = new HashMap<>();
    Map<Long, Double> started = new HashMap<>();
    for (HistoryEvent event : events) {
      EventType type = event.getEventType();
      if (type == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED) {
        String before =
            event.getWorkflowExecutionStartedEventAttributes().getContinuedExecutionRunId();
        if (!before.isEmpty()) {
          open.add(
              WorkflowExecution.newBuilder().setWorkflowId(workflowId).setRunId(before).build());
        }
      } else if (type == EventType.EVENT_TYPE_CHILD_WORKFLOW_EXECUTION_STARTED) {
        open.add(event.getChildWorkflowExecutionStartedEventAttributes().getWorkflowExecution());
      } else if (type == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED) {
        scheduled.put(
            event.getEventId(),
            event.getActivityTaskScheduledEventAttributes().getActivityType().getName());
      } else if (type == EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED) {
        started.put(
            event.getActivityTaskStartedEventAttributes().getScheduledEventId(), seconds(event));
      } else if (type == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED) {
        long id = event.getActivityTaskCompletedEventAttributes().getScheduledEventId();
        String stage = scheduled.get(id);
        Double start = started.get(id);
        if (stage != null && start != null) {
          byStage.merge(
              stage,
              new StageTime(stage, 1, seconds(event) - start),
              (a, b) -> new StageTime(stage, a.runs() + b.runs(), a.seconds() + b.seconds()));
        }
      }
    }
  }

  private static double seconds(HistoryEvent event) {
    Timestamp time = event.getEventTime();
    return time.getSeconds() + time.getNanos() / 1e9;
  }
}
