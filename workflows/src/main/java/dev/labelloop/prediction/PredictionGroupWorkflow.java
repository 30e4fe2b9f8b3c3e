package dev.labelloop.prediction;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Predicts up to 500 shards through a sliding window of activities. */
@WorkflowInterface
public interface PredictionGroupWorkflow {
  /** Runs until every shard of the group is stored; the sum of their results. */
  @WorkflowMethod
  ShardResult predictGroup(GroupRequest request);

  /** Stops admitting shards (true) or goes on (false); shards in flight end as usual. */
  @SignalMethod
  void hold(boolean held);
}
