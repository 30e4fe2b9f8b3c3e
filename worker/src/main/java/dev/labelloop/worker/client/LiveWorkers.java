package dev.labelloop.worker.client;

import com.google.protobuf.ByteString;
import dev.labelloop.activities.prediction.LiveSlots;
import dev.labelloop.campaign.TaskQueues;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.worker.v1.WorkerSlotsInfo;
import io.temporal.api.workflowservice.v1.ListWorkersRequest;
import io.temporal.api.workflowservice.v1.ListWorkersResponse;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Counts workers by what they tell the Temporal server of themselves. */
public final class LiveWorkers implements LiveSlots {
  /** How often a worker speaks: a new one is counted soon, and a call costs next to nothing. */
  static final Duration SPEAKS_EVERY = Duration.ofSeconds(5);

  /** Three words missed; the server itself keeps a dead worker for five minutes. */
  private static final Duration FRESH = SPEAKS_EVERY.multipliedBy(3);

  private static final long SECONDS = 2;

  /** As many as a server gives at once. */
  private static final int PAGE = 1000;

  /** A server that is too old, or told not to, does not know its workers. */
  private static final Set<Status.Code> UNKNOWN =
      Set.of(Status.Code.UNIMPLEMENTED, Status.Code.INVALID_ARGUMENT);

  private final WorkflowServiceStubs service;
  private final String namespace;

  LiveWorkers(WorkflowServiceStubs service, String namespace) {
    this.service = service;
    this.namespace = namespace;
  }

  @Override
  public int count() {
    String query =
        "TaskQueue = '%s' AND WorkerStatus = 'Running' AND HeartbeatTime > '%s'"
            .formatted(TaskQueues.PREDICT, Instant.now().minus(FRESH));
    try {
      int slots = 0;
      ByteString page = ByteString.EMPTY;
      do {
        ListWorkersResponse answer = ask(query, page);
        slots += slots(answer);
        page = answer.getNextPageToken();
      } while (!page.isEmpty());
      return slots;
    } catch (StatusRuntimeException e) {
      if (UNKNOWN.contains(e.getStatus().getCode())) {
        return 0;
      }
      throw e;
    }
  }

  private ListWorkersResponse ask(String query, ByteString page) {
    return service
        .blockingStub()
        .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
        .listWorkers(
            ListWorkersRequest.newBuilder()
                .setNamespace(namespace)
                .setPageSize(PAGE)
                .setNextPageToken(page)
                .setQuery(query)
                .build());
  }

  @SuppressWarnings("deprecation") // what replaces it leaves the slots out: one more call a worker
  private static int slots(ListWorkersResponse answer) {
    return answer.getWorkersInfoList().stream()
        .map(worker -> worker.getWorkerHeartbeat().getActivityTaskSlotsInfo())
        .mapToInt(LiveWorkers::all)
        .sum();
  }

  private static int all(WorkerSlotsInfo slots) {
    return slots.getCurrentAvailableSlots() + slots.getCurrentUsedSlots();
  }
}
