package dev.labelloop.campaign;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** What the server keeps of a workflow. */
final class Histories {
  private Histories() {}

  /**
   * Every run of a workflow that continued as new, the first one first.
   *
   * @param client of the server
   * @param workflowId whose last run is still kept
   */
  static List<WorkflowExecutionHistory> runs(WorkflowClient client, String workflowId) {
    Deque<WorkflowExecutionHistory> runs = new ArrayDeque<>();
    WorkflowExecution run = WorkflowExecution.newBuilder().setWorkflowId(workflowId).build();
    while (true) {
      WorkflowExecutionHistory history = client.fetchHistory(workflowId, run.getRunId());
      runs.addFirst(history);
      String before =
          history
              .getEvents()
              .get(0)
              .getWorkflowExecutionStartedEventAttributes()
              .getContinuedExecutionRunId();
      if (before.isEmpty()) {
        return List.copyOf(runs);
      }
      run = run.toBuilder().setRunId(before).build();
    }
  }

  /** Every run of a workflow, and of its children, and of theirs. */
  static List<WorkflowExecutionHistory> family(WorkflowClient client, String workflowId) {
    List<WorkflowExecutionHistory> family = new ArrayList<>();
    for (WorkflowExecutionHistory run : runs(client, workflowId)) {
      family.add(run);
      children(run).forEach(child -> family.addAll(family(client, child)));
    }
    return family;
  }

  private static Stream<String> children(WorkflowExecutionHistory run) {
    return run.getEvents().stream()
        .filter(HistoryEvent::hasChildWorkflowExecutionStartedEventAttributes)
        .map(HistoryEvent::getChildWorkflowExecutionStartedEventAttributes)
        .map(child -> child.getWorkflowExecution().getWorkflowId());
  }

  /** Every payload in a message, however deep: arguments, results, attributes, summaries. */
  static Stream<Payload> payloads(Message message) {
    if (message instanceof Payload payload) {
      return Stream.of(payload);
    }
    return message.getAllFields().entrySet().stream()
        .filter(field -> field.getKey().getJavaType() == FieldDescriptor.JavaType.MESSAGE)
        .flatMap(
            field -> field.getKey().isRepeated() ? list(field.getValue()) : one(field.getValue()))
        .flatMap(Histories::payloads);
  }

  private static Stream<Message> one(Object value) {
    return Stream.of((Message) value);
  }

  private static Stream<Message> list(Object values) {
    return ((List<?>) values).stream().map(Message.class::cast);
  }
}
