package dev.labelloop.selection;

/**
 * What was chosen and stored.
 *
 * @param images in all batches together
 * @param batches their number; their ids are {@code <round>/b0} and up
 * @param active images chosen by the strategy
 * @param audit images drawn uniformly at random
 * @param verify images that hold pseudo-label candidates, drawn to check them
 */
public record SelectionResult(int images, int batches, int active, int audit, int verify) {}
