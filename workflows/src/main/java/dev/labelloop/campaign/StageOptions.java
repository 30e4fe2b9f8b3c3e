package dev.labelloop.campaign;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.FinalFailure;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.common.Priority;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import java.time.Duration;

/**
 * Queues, timeouts, retries and priorities of every activity and child; their one home.
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

  /** Whoever is away for longer misses a message; the campaign does not wait for that. */
  private static final Duration MESSAGE = Duration.ofMinutes(1);

  /** A healthy server answers in milliseconds, and shards wait meanwhile. */
  private static final Duration HINT = Duration.ofSeconds(10);

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

  /** A round stands still while it trains, and trainers are few. */
  private static final int TRAINING = 1;

  /** Short, and people or a whole campaign wait for it. */
  private static final int INTERACTIVE = 2;

  /** Hours of shards: whatever else the same workers can do goes first. */
  private static final int BULK = 4;

  private final CampaignName campaign;

  /**
   * Options of one campaign's steps. Campaigns are served in turn, so that a huge one does not
   * starve a small one: its name is the fairness key.
   */
  public StageOptions(CampaignName campaign) {
    this.campaign = campaign;
  }

  /**
   * Options of an activity on queue {@code data}.
   *
   * @param summary shown in the Web UI, at most 200 bytes
   */
  public ActivityOptions data(String summary) {
    return options(TaskQueues.DATA, INTERACTIVE, DATA_ATTEMPT, summary);
  }

  /** Options of a message to people: on queue {@code data}, and given up soon. */
  public ActivityOptions message(String summary) {
    return data(summary).toBuilder().setScheduleToCloseTimeout(MESSAGE).build();
  }

  /** Options of a question on queue {@code data} whose answer helps, but may be missing. */
  public ActivityOptions hint(String summary) {
    return data(summary).toBuilder().setScheduleToCloseTimeout(HINT).build();
  }

  /** Options of a shard's inference on queue {@code predict}. */
  public ActivityOptions predictShard(String summary) {
    return options(TaskQueues.PREDICT, BULK, INFERENCE_ATTEMPT, summary);
  }

  /** Options of a whole holdout's inference on queue {@code predict}. */
  public ActivityOptions predictHoldout(String summary) {
    return options(TaskQueues.PREDICT, INTERACTIVE, INFERENCE_ATTEMPT, summary);
  }

  /** Options of a training on queue {@code train}. */
  public ActivityOptions train(String summary) {
    return options(TaskQueues.TRAIN, TRAINING, TRAINING_ATTEMPT, summary);
  }

  private ActivityOptions options(String queue, int priority, Duration attempt, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setStartToCloseTimeout(attempt)
        .setHeartbeatTimeout(SILENCE)
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setSummary(summary)
        .setPriority(priority(priority))
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
  public ChildWorkflowOptions child(String id, String summary) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(TaskQueues.CAMPAIGN)
        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_TERMINATE)
        .setStaticSummary(summary)
        .setPriority(campaign())
        .build();
  }

  /** The campaign's workflows themselves: short tasks, each of which may set hours of work off. */
  public Priority campaign() {
    return priority(INTERACTIVE);
  }

  private Priority priority(int key) {
    return Priority.newBuilder().setPriorityKey(key).setFairnessKey(campaign.value()).build();
  }
}
