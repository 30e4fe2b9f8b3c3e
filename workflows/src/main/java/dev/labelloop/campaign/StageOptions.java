package dev.labelloop.campaign;

import dev.labelloop.core.FinalFailure;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import java.time.Duration;

/**
 * Queues, timeouts and retries of every activity and child; their one home.
 *
 * <p>Retries have no end: a database that is down for a night, or a machine that is restarted
 * twenty times, must not cost a campaign. What no retry can mend is named in {@link FinalFailure}
 * and ends it at once.
 */
public final class StageOptions {
  /**
   * A worker that says nothing for so long is dead. It speaks every second: on {@code data} the
   * process for its activities, which sit in SQL; on {@code predict} and {@code train} the
   * activities themselves, while they get on.
   */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** SQL over a million rows, a tool's slow answer, hashing a folder: minutes, never hours. */
  private static final Duration DATA_ATTEMPT = Duration.ofHours(2);

  /**
   * A shard is sized for minutes, but a large network on a slow processor may need hours, and an
   * attempt that is cut off stores nothing; a holdout is not cut up at all. Silence ends both
   * sooner.
   */
  private static final Duration INFERENCE_ATTEMPT = Duration.ofHours(24);

  /** A training may take a day, and goes on from its checkpoint; silence is noticed long before. */
  private static final Duration TRAINING_ATTEMPT = Duration.ofHours(24);

  /** Soon, because a restart is usually over in seconds. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  /** Seldom enough not to hammer a database that is down for a night. */
  private static final Duration LAST_RETRY = Duration.ofMinutes(1);

  private static final String[] FINAL = {
    FinalFailure.BAD_DATASET,
    FinalFailure.BAD_SPECIFICATION,
    FinalFailure.BAD_MODEL,
    FinalFailure.BAD_REVIEW_TOOL,
    FinalFailure.REVIEW_OVERDUE
  };

  private StageOptions() {}

  /**
   * Options of an activity on queue {@code data}.
   *
   * @param summary shown in the Web UI, at most 200 bytes
   */
  public static ActivityOptions data(String summary) {
    return options(TaskQueues.DATA, DATA_ATTEMPT, summary);
  }

  /** Options of a shard's inference on queue {@code predict}. */
  public static ActivityOptions predictShard(String summary) {
    return options(TaskQueues.PREDICT, INFERENCE_ATTEMPT, summary);
  }

  /** Options of a whole holdout's inference on queue {@code predict}. */
  public static ActivityOptions predictHoldout(String summary) {
    return options(TaskQueues.PREDICT, INFERENCE_ATTEMPT, summary);
  }

  /** Options of a training on queue {@code train}. */
  public static ActivityOptions train(String summary) {
    return options(TaskQueues.TRAIN, TRAINING_ATTEMPT, summary);
  }

  private static ActivityOptions options(String queue, Duration attempt, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setStartToCloseTimeout(attempt)
        .setHeartbeatTimeout(SILENCE)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setSummary(summary)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(FIRST_RETRY)
                .setMaximumInterval(LAST_RETRY)
                .setDoNotRetry(FINAL)
                .build())
        .build();
  }

  /**
   * Options of a child of a campaign. It has no timeout, for its activities have; a cancelled one
   * is waited for, so that nothing of a finished campaign still runs; and one whose campaign was
   * terminated ends too, for nobody reads its result.
   *
   * @param id of the workflow
   */
  public static ChildWorkflowOptions child(String id, String summary) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(TaskQueues.CAMPAIGN)
        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE)
        .setStaticSummary(summary)
        .build();
  }
}
