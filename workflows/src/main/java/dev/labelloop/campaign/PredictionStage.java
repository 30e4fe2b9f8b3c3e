package dev.labelloop.campaign;

import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.prediction.GroupProgress;
import dev.labelloop.prediction.GroupRequest;
import dev.labelloop.prediction.PredictionGroupWorkflow;
import dev.labelloop.prediction.PredictionPlan;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Predicts a round's pool through groups of shards, two groups at a time. */
final class PredictionStage {
  /** So that a group's history stays below 4,096 events. */
  static final int GROUP = 500;

  /** The second group hides the tail of the first. */
  private static final int GROUPS_IN_FLIGHT = 2;

  /** Keeps the queue filled for 16 slots; workers' slots decide what really runs side by side. */
  static final int WINDOW = 32;

  private final RoundId round;
  private final PredictionPlan plan;
  private final ModelId model;
  private final Map<Integer, PredictionGroupWorkflow> running = new TreeMap<>();
  private final Map<Integer, Integer> done = new TreeMap<>();
  private boolean held;
  private @Nullable RuntimeException failure;

  PredictionStage(RoundId round, PredictionPlan plan, ModelId model, boolean held) {
    this.round = round;
    this.plan = plan;
    this.model = model;
    this.held = held;
  }

  /** Returns once every shard is stored. */
  void run() {
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
    GroupRequest request = new GroupRequest(round, group, first, end, WINDOW, model, plan.shards());
    PredictionGroupWorkflow child =
        Workflow.newChildWorkflowStub(
            PredictionGroupWorkflow.class,
            child(
                request.workflowId(),
                "shards " + (first + 1) + " to " + end + " of " + plan.shards()));
    running.put(group, child);
    Async.function(child::predictGroup, request)
        .handle(
            (result, problem) -> {
              running.remove(group);
              if (problem == null) {
                done.put(group, end - first);
              } else {
                failure = problem;
              }
              return null;
            });
  }

  /** Options of a child of the campaign: it ends with its parent and is waited for. */
  static ChildWorkflowOptions child(String id, String summary) {
    return ChildWorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(TaskQueues.CAMPAIGN)
        .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setStaticSummary(summary)
        .build();
  }

  /** Takes a group's report. */
  void note(GroupProgress progress) {
    if (progress.round() == round.number()) {
      done.merge(progress.group(), progress.done(), Math::max);
    }
  }

  /** Holds the groups, those that run too, or lets them go on. */
  void hold(boolean hold) {
    held = hold;
    running.values().forEach(group -> group.hold(hold));
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
