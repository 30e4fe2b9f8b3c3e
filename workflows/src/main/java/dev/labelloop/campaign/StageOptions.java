package dev.labelloop.campaign;

import dev.labelloop.core.FinalFailure;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Timeouts, retries and queues of every activity; their one home. */
public final class StageOptions {
  /** A worker that says nothing for so long is dead; it speaks every second. */
  private static final Duration SILENCE = Duration.ofSeconds(10);

  /** SQL over a million rows, a tool's slow answer, hashing a folder: minutes, never hours. */
  private static final Duration DATA_ATTEMPT = Duration.ofHours(2);

  /** A shard is sized for minutes; an hour forgives a slow processor. */
  private static final Duration SHARD_ATTEMPT = Duration.ofHours(1);

  /** A training may take a day; silence is noticed long before. */
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
   * Options of a short activity on queue {@code data}, for which the worker process speaks while it
   * lives: a killed one must not be waited for until the attempt's time is over.
   *
   * @param summary shown in the Web UI
   */
  public static ActivityOptions data(String summary) {
    return options(TaskQueues.DATA, DATA_ATTEMPT, summary).setHeartbeatTimeout(SILENCE).build();
  }

  /**
   * Options of a long activity on queue {@code data} that heartbeats, such as reading a folder.
   *
   * @param summary shown in the Web UI
   */
  public static ActivityOptions longData(String summary) {
    return options(TaskQueues.DATA, DATA_ATTEMPT, summary).setHeartbeatTimeout(SILENCE).build();
  }

  /** Options of inference on queue {@code predict}. */
  public static ActivityOptions predict(String summary) {
    return options(TaskQueues.PREDICT, SHARD_ATTEMPT, summary).setHeartbeatTimeout(SILENCE).build();
  }

  /** Options of a training on queue {@code train}. */
  public static ActivityOptions train(String summary) {
    return options(TaskQueues.TRAIN, TRAINING_ATTEMPT, summary)
        .setHeartbeatTimeout(SILENCE)
        .build();
  }

  private static ActivityOptions.Builder options(String queue, Duration attempt, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setStartToCloseTimeout(attempt)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setSummary(summary)
        .setRetryOptions(
            RetryOptions.newBuilder()
                .setInitialInterval(FIRST_RETRY)
                .setMaximumInterval(LAST_RETRY)
                .setDoNotRetry(FINAL)
                .build());
  }
}
