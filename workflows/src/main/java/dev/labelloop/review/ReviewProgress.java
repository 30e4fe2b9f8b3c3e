package dev.labelloop.review;

/**
 * How far a round's review is.
 *
 * @param batches of the round
 * @param openBatches batches that still wait for people
 * @param images of the round
 * @param answered images with a stored answer
 */
public record ReviewProgress(int batches, int openBatches, int images, int answered) {}
