package dev.labelloop.evaluation;

import dev.labelloop.core.ModelId;

/**
 * The model in use.
 *
 * @param model its id
 * @param score on the holdout
 * @param predicts whether it knows any of the campaign's classes
 */
public record Champion(ModelId model, HoldoutScore score, boolean predicts) {}
