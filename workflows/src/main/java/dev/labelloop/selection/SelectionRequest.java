package dev.labelloop.selection;

import dev.labelloop.core.RoundId;

/**
 * What to choose from.
 *
 * @param round whose selection
 * @param predicted whether the round has predictions; if not, all images are drawn at random
 */
public record SelectionRequest(RoundId round, boolean predicted) {}
