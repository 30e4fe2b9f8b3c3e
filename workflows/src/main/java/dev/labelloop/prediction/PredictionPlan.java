package dev.labelloop.prediction;

/**
 * How a round's prediction is cut up.
 *
 * @param images pool images without a human label
 * @param shards number of shards, numbered from 0
 */
public record PredictionPlan(int images, int shards) {}
