package dev.labelloop.worker.client;

import dev.labelloop.campaign.TaskQueues;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.taskqueue.v1.TaskQueueStats;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks at the task queues on a Temporal server. */
public final class Queues {
  /** Enough for a healthy server; four looks stay below what a scrape waits for as a rule. */
  private static final long SECONDS = 2;

  private final WorkflowServiceStubs service;
  private final String namespace;

  Queues(WorkflowServiceStubs service, String namespace) {
    this.service = service;
    this.namespace = namespace;
  }

  /**
   * What waits on each queue now.
   *
   * @throws io.grpc.StatusRuntimeException if the server does not answer
   */
  public List<QueueBacklog> backlogs() {
    return List.of(
        backlog(TaskQueues.CAMPAIGN, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
        backlog(TaskQueues.DATA, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
        backlog(TaskQueues.PREDICT, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
        backlog(TaskQueues.TRAIN, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY));
  }

  private QueueBacklog backlog(String queue, TaskQueueType type) {
    TaskQueueStats stats =
        service
            .blockingStub()
            .withDeadlineAfter(SECONDS, TimeUnit.SECONDS)
            .describeTaskQueue(
                DescribeTaskQueueRequest.newBuilder()
                    .setNamespace(namespace)
                    .setTaskQueue(TaskQueue.newBuilder().setName(queue))
                    .setTaskQueueType(type)
                    .setReportStats(true)
                    .build())
            .getStats();
    var age = stats.getApproximateBacklogAge();
    return new QueueBacklog(
        queue,
        stats.getApproximateBacklogCount(),
        Duration.ofSeconds(age.getSeconds(), age.getNanos()));
  }
}
