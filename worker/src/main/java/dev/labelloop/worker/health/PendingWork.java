package dev.labelloop.worker.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An activity of a campaign, or of one of its children, that is not done.
 *
 * @param workflow id of the workflow that asked for it
 * @param activity its type, such as {@code PredictShard}
 * @param summary what it is about, as the Web UI shows it; null where it was not asked for
 * @param queue where it waits or runs
 * @param state whether it runs
 * @param attempt which attempt runs or comes next, from 1
 * @param lastFailure why the attempt before failed; null if none failed
 * @param since when this attempt was put into the queue, or began to run
 * @param heartbeat when it last said that it gets on; null if it has not
 * @param nextTry when the next attempt is put into the queue; null if one waits or runs
 */
public record PendingWork(
    String workflow,
    String activity,
    @Nullable String summary,
    String queue,
    State state,
    int attempt,
    @Nullable String lastFailure,
    Instant since,
    @Nullable Instant heartbeat,
    @Nullable Instant nextTry) {
  /** What becomes of an activity. */
  public enum State {
    /** In the queue, for a worker to take. */
    WAITING,
    /** A worker is at it. */
    RUNNING,
    /** Failed, and put into the queue again after a while. */
    RETRYING,
    /** Somebody holds it by Temporal's own means. */
    PAUSED
  }

  /** Failed at least once, so that it is worth a line of its own. */
  public boolean hasFailed() {
    return attempt > 1 && lastFailure != null;
  }

  /** What it is called. */
  public String name() {
    return summary == null ? activity + " of " + workflow : summary + " (" + activity + ")";
  }
}
