package dev.labelloop.activities.review;

/**
 * What waits for people.
 *
 * @param images of open batches for which no answer stands
 * @param boxes proposed on them
 */
public record Waiting(int images, int boxes) {}
