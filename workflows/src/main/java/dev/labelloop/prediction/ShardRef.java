package dev.labelloop.prediction;

import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;

/**
 * One shard of a round's prediction.
 *
 * @param round whose prediction
 * @param shard number from 0; the shard's images follow from it and the campaign's shard size
 * @param model that predicts, unless another has begun with the round
 */
public record ShardRef(RoundId round, int shard, ModelId model) {}
