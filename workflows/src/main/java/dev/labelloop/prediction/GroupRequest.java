package dev.labelloop.prediction;

import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;

/**
 * A run of consecutive shards, small enough for one workflow history.
 *
 * @param round whose prediction
 * @param group number from 0
 * @param firstShard number of the first shard
 * @param endShard number after the last shard; at most 500 after the first
 * @param model that predicts
 * @param shards of the whole round, for summaries
 */
public record GroupRequest(
    RoundId round, int group, int firstShard, int endShard, ModelId model, int shards) {
  /** The id of this group's workflow. */
  public String workflowId() {
    return "campaign/" + round + "/predict/g" + group;
  }
}
