package dev.labelloop.worker.health;

import com.google.protobuf.Timestamp;
import dev.labelloop.campaign.TaskQueues;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells whether a worker serves a queue: it asked for work lately, or is at some. One with all its
 * slots taken asks for none, for hours if a shard takes hours.
 *
 * <p>Answers are kept for a while. Not safe for use by several threads at once.
 */
public final class Service {
  /** An idle worker asks anew every minute at least. */
  private static final Duration LATELY = Duration.ofSeconds(75);

  private static final Duration KEPT = Duration.ofSeconds(5);

  private final WorkflowClient client;
  private final Supplier<Collection<Sight>> all;
  private final Map<String, Answer> answers = new HashMap<>();

  /**
   * About the queues of a server.
   *
   * @param all open campaigns, for a worker that is at another campaign's work; asked only where
   *     nobody polls
   */
  public Service(WorkflowClient client, Supplier<Collection<Sight>> all) {
    this.client = client;
    this.all = all;
  }

  private record Answer(Instant at, boolean served) {}

  /** Whether a worker serves the queue. */
  public boolean serves(String queue) {
    Instant now = Instant.now();
    Answer known = answers.get(queue);
    if (known == null || known.at.plus(KEPT).isBefore(now)) {
      known = new Answer(now, isPolled(queue, now) || isAtWork(queue));
      answers.put(queue, known);
    }
    return known.served;
  }

  private boolean isPolled(String queue, Instant now) {
    List<PollerInfo> pollers =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .describeTaskQueue(
                DescribeTaskQueueRequest.newBuilder()
                    .setNamespace(client.getOptions().getNamespace())
                    .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                    .setTaskQueueType(
                        queue.equals(TaskQueues.CAMPAIGN)
                            ? TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
                            : TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY)
                    .build())
            .getPollersList();
    Instant lately = now.minus(LATELY);
    return pollers.stream().anyMatch(poller -> time(poller.getLastAccessTime()).isAfter(lately));
  }

  private boolean isAtWork(String queue) {
    return all.get().stream()
        .flatMap(sight -> sight.work().stream())
        .anyMatch(w -> w.queue().equals(queue) && w.state() == PendingWork.State.RUNNING);
  }

  private static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
