package dev.labelloop.activities.review;

/**
 * What waits for people.
 *
 * @param images of open batches that nobody has answered
 * @param boxes proposed on them
 */
public record Waiting(int images, int boxes) {}
