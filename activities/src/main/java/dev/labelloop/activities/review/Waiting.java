package dev.labelloop.activities.review;

/**
 * What waits for people, in open batches.
 *
 * @param images for which people are still to answer
 * @param boxes proposed on them
 * @param decisions images that all have answered who were to, without an answer that stands: for an
 *     operator to decide
 * @param answered images of the rounds with open batches for which an answer stands
 */
public record Waiting(int images, int boxes, int decisions, int answered) {}
