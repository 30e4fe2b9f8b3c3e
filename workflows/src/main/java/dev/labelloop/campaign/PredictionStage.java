package dev.labelloop.campaign;

import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.prediction.GroupProgress;
import dev.labelloop.prediction.GroupRequest;
import dev.labelloop.prediction.PredictionGroupWorkflow;
import dev.labelloop.prediction.PredictionPlan;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Predicts a round's pool through groups of shards, two groups at a time. */
final class PredictionStage {
  /** So that a group's history stays below 4,096 events. */
  static final int GROUP = 500;

  /** The second group hides the tail of the first. */
  static final int GROUPS_IN_FLIGHT = 2;

  private final RoundId round;
  private final PredictionPlan plan;
  private final ModelId model;
  private final Runnable changed;
  private final Map<Integer, PredictionGroupWorkflow> running = new TreeMap<>();
  private final Map<Integer, Integer> done = new TreeMap<>();
  private Promise<Void> told = Workflow.newPromise(null);
  private boolean held;
  private @Nullable RuntimeException failure;

  /**
   * A prediction that has not begun.
   *
   * @param held whether a person holds the campaign
   * @param changed called whenever more is done
   */
  PredictionStage(
      RoundId round, PredictionPlan plan, ModelId model, boolean held, Runnable changed) {
    this.round = round;
    this.plan = plan;
    this.model = model;
    this.held = held;
    this.changed = changed;
  }

  /** Returns once every shard is stored; if cancelled, once every group has ended. */
  void run() {
    try {
      predictAll();
    } catch (TemporalFailure e) {
      leaveNothingBehind();
      throw e;
    }
  }

  private void predictAll() {
    int groups = (plan.shards() + GROUP - 1) / GROUP;
    for (int group = 0; group < groups; group++) {
      Workflow.await(() -> (running.size() < GROUPS_IN_FLIGHT && !held) || failure != null);
      throwIfFailed();
      start(group);
    }
    Workflow.await(() -> running.isEmpty() || failure != null);
    throwIfFailed();
  }

  private void start(int group) {
    int first = group * GROUP;
    int end = Math.min(plan.shards(), first + GROUP);
    GroupRequest request = new GroupRequest(round, group, first, end, model, plan.shards());
    String summary = "shards " + (first + 1) + " to " + end + " of " + plan.shards();
    PredictionGroupWorkflow child =
        Workflow.newChildWorkflowStub(
            PredictionGroupWorkflow.class,
            new StageOptions(round.campaign()).child(request.workflowId(), summary));
    running.put(group, child);
    Async.function(child::predictGroup, request)
        .handle(
            (result, problem) -> {
              running.remove(group);
              if (problem == null) {
                done.put(group, end - first);
                changed.run();
              } else if (failure == null) {
                failure = problem;
              }
              return null;
            });
  }

  /** A group that failed for good ends the campaign at once, and with it the other group. */
  private void leaveNothingBehind() {
    Workflow.newDetachedCancellationScope(
            () -> Workflow.await(() -> running.isEmpty() || Failures.isFinal(failure)))
        .run();
  }

  /** Takes a group's report. */
  void note(GroupProgress progress) {
    if (progress.round() == round.number() && running.containsKey(progress.group())) {
      int size = Math.min(GROUP, plan.shards() - progress.group() * GROUP);
      int told = Math.max(0, Math.min(size, progress.done())); // anybody may send a signal
      done.merge(progress.group(), told, Math::max);
      changed.run();
    }
  }

  /** Holds the groups, those that run too, or lets them go on. */
  void hold(boolean hold) {
    held = hold;
    List<PredictionGroupWorkflow> groups = List.copyOf(running.values());
    // One word after another, so that none overtakes. A word that is lost is well: its group ended.
    told =
        told.thenCompose(
            before -> Promise.allOf(groups.stream().map(group -> tell(group, hold)).toList()));
  }

  private static Promise<Void> tell(PredictionGroupWorkflow group, boolean hold) {
    return Async.procedure(() -> group.hold(hold)).exceptionally(lost -> null);
  }

  int shardsDone() {
    return done.values().stream().mapToInt(Integer::intValue).sum();
  }

  int shards() {
    return plan.shards();
  }

  private void throwIfFailed() {
    if (failure != null) {
      throw failure;
    }
  }
}
