package dev.labelloop.worker.temporal;

import dev.labelloop.campaign.CampaignWorkflowImpl;
import dev.labelloop.campaign.PredictionGroupWorkflowImpl;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.campaign.TrainingWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** This process's workers, one a queue. */
public final class Workers implements AutoCloseable {
  /** Every queue, in the order of the loop. */
  public static final List<String> QUEUES =
      List.of(TaskQueues.CAMPAIGN, TaskQueues.DATA, TaskQueues.PREDICT, TaskQueues.TRAIN);

  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  /** SQL waits for PostgreSQL, not for this process. */
  private static final int DATA_SLOTS = 8;

  /** One network uses all cores. */
  private static final int PREDICT_SLOTS = 1;

  /** libtorch's gradients are one to a process. */
  private static final int TRAIN_SLOTS = 1;

  /** Progress is told every second, and a dead process noticed after ten. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** A training writes its checkpoint within a second, a shard ends within a few. */
  private static final Duration GRACE = Duration.ofSeconds(30);

  private final WorkerFactory factory;

  private Workers(WorkerFactory factory) {
    this.factory = factory;
  }

  /**
   * Starts to serve these queues.
   *
   * @param build that this process is of; null: it serves all work that is of no build
   * @param watchers see every activity as it passes
   */
  public static Workers start(
      WorkflowClient client,
      Set<String> queues,
      Stages stages,
      @Nullable Build build,
      WorkerInterceptor... watchers) {
    WorkerInterceptor[] interceptors = Arrays.copyOf(watchers, watchers.length + 1);
    interceptors[watchers.length] = new Pulse();
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client, WorkerFactoryOptions.newBuilder().setWorkerInterceptors(interceptors).build());
    for (String queue : queues) {
      switch (queue) {
        case TaskQueues.CAMPAIGN ->
            factory
                .newWorker(queue, options(build).build())
                .registerWorkflowImplementationTypes(
                    CampaignWorkflowImpl.class,
                    PredictionGroupWorkflowImpl.class,
                    TrainingWorkflowImpl.class);
        case TaskQueues.DATA -> serve(factory, queue, DATA_SLOTS, stages.data(), build);
        case TaskQueues.PREDICT -> serve(factory, queue, PREDICT_SLOTS, stages.predict(), build);
        case TaskQueues.TRAIN -> serve(factory, queue, TRAIN_SLOTS, stages.train(), build);
        default -> throw new IllegalArgumentException("unknown queue " + queue);
      }
    }
    factory.start();
    return new Workers(factory);
  }

  private static void serve(
      WorkerFactory factory,
      String queue,
      int slots,
      List<Object> activities,
      @Nullable Build build) {
    Worker worker =
        factory.newWorker(
            queue,
            options(build)
                .setMaxConcurrentActivityExecutionSize(slots)
                .setMaxHeartbeatThrottleInterval(HEARTBEAT)
                .setDefaultHeartbeatThrottleInterval(HEARTBEAT)
                .build());
    worker.registerActivitiesImplementations(activities.toArray());
  }

  private static WorkerOptions.Builder options(@Nullable Build build) {
    WorkerOptions.Builder options = WorkerOptions.newBuilder();
    return build == null ? options : options.setDeploymentOptions(build.options());
  }

  /**
   * Takes no more work, lets short activities end and long ones write their checkpoint; what is not
   * done after 30 seconds is left to a later attempt.
   */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    if (!factory.isTerminated()) {
      LOG.warn("activities did not end within {}: they are tried again at the next start", GRACE);
      factory.shutdownNow();
    }
  }
}
