package dev.labelloop.dataset;

/**
 * Heartbeat details while images are registered, as the Temporal Web UI shows them.
 *
 * @param done files read so far in this attempt
 * @param total files in the folder that are named as images
 * @param filesPerSecond of this attempt
 */
public record ScanProgress(int done, int total, double filesPerSecond) {}
