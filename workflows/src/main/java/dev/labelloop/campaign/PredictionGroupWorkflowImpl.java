package dev.labelloop.campaign;

import dev.labelloop.prediction.GroupProgress;
import dev.labelloop.prediction.GroupRequest;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.PredictionGroupWorkflow;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/**
 * A sliding window over the group's shards.
 *
 * <p>Twice as many are in flight as workers can predict side by side; as one ends the next is
 * admitted, in order. With 500 shards, and at most 6 events for each and for each count of the
 * workers, a group stays below the 4,096 events at which the server asks to continue as new.
 */
public final class PredictionGroupWorkflowImpl implements PredictionGroupWorkflow {
  /** How often the campaign is told, in parts of the group. */
  private static final int REPORTS = 10;

  /** Workers come and go: they are counted again after so many shards, 20 times a group. */
  private static final int COUNT_EVERY = 25;

  private int window;
  private boolean held;
  private int inFlight;
  private int reporting;
  private int done;
  private int images;
  private int boxes;
  private int quarantined;
  private @Nullable RuntimeException failure;

  @Override
  public ShardResult predictGroup(GroupRequest group) {
    try {
      predictAll(group);
    } catch (TemporalFailure e) {
      leaveNothingBehind();
      throw e;
    }
    leaveNothingBehind();
    return new ShardResult(images, boxes, quarantined);
  }

  private void predictAll(GroupRequest group) {
    for (int shard = group.firstShard(); shard < group.endShard(); shard++) {
      if ((shard - group.firstShard()) % COUNT_EVERY == 0) {
        window = window(group);
      }
      Workflow.await(() -> (inFlight < window && !held) || failure != null);
      throwIfFailed();
      admit(group, shard);
    }
    Workflow.await(() -> inFlight == 0 || failure != null);
    throwIfFailed();
  }

  /** As wide as the workers that live allow; as before where nobody can count them now. */
  private int window(GroupRequest group) {
    try {
      return ShardWindow.of(
          Workflow.newActivityStub(
                  PredictionActivities.class,
                  new StageOptions(group.round().campaign()).hint("count the workers"))
              .liveSlots());
    } catch (ActivityFailure e) {
      if (Failures.isCancellation(e)) {
        throw e;
      }
      return window == 0 ? ShardWindow.UNKNOWN : window;
    }
  }

  private void admit(GroupRequest group, int shard) {
    String summary = "shard " + (shard + 1) + "/" + group.shards() + " · g" + group.group();
    PredictionActivities activities =
        Workflow.newActivityStub(
            PredictionActivities.class,
            new StageOptions(group.round().campaign()).predictShard(summary));
    inFlight++;
    Async.function(activities::predictShard, new ShardRef(group.round(), shard, group.model()))
        .handle(
            (result, problem) -> {
              inFlight--;
              if (problem == null) {
                count(group, result);
              } else if (failure == null) {
                failure = problem;
              }
              return null;
            });
  }

  private void count(GroupRequest group, ShardResult result) {
    images += result.images();
    boxes += result.boxes();
    quarantined += result.quarantined();
    done++;
    int size = group.endShard() - group.firstShard();
    // The last shard needs no report: the group's end is one.
    if (done < size && done * REPORTS / size != (done - 1) * REPORTS / size) {
      tellCampaign(group);
    }
  }

  private void tellCampaign(GroupRequest group) {
    GroupProgress progress = new GroupProgress(group.round().number(), group.group(), done);
    Workflow.getInfo()
        .getParentWorkflowId()
        .ifPresent(
            parent -> {
              CampaignWorkflow campaign =
                  Workflow.newExternalWorkflowStub(CampaignWorkflow.class, parent);
              reporting++;
              // Whether it arrives is no matter: a lost report only makes the bar jump.
              Async.procedure(() -> campaign.groupProgress(progress))
                  .handle((sent, problem) -> --reporting);
            });
  }

  /**
   * Waits for reports under way and, if this group was cancelled, for its shards: who finishes a
   * campaign may count on it that nothing of it still runs. A shard that failed for good ends the
   * group at once; the server tells those in flight.
   */
  private void leaveNothingBehind() {
    Workflow.newDetachedCancellationScope(
            () ->
                Workflow.await(
                    () -> reporting == 0 && (inFlight == 0 || Failures.isFinal(failure))))
        .run();
  }

  private void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void hold(boolean hold) {
    held = hold;
  }
}
