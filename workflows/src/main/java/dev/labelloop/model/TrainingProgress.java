package dev.labelloop.model;

/**
 * Heartbeat details of a running training, as the Temporal Web UI shows them.
 *
 * @param step finished steps
 * @param steps of the whole training
 * @param loss of the last step
 * @param secondsPerStep mean of this attempt
 */
public record TrainingProgress(int step, int steps, double loss, double secondsPerStep) {}
