package dev.labelloop.prediction;

/**
 * Heartbeat details of a running prediction; the only live view of a shard in the Temporal Web UI.
 *
 * @param done images predicted so far in this attempt
 * @param total images of the shard
 * @param imagesPerSecond of this attempt
 */
public record ShardProgress(int done, int total, double imagesPerSecond) {}
