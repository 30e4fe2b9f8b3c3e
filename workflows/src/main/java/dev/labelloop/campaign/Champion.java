package dev.labelloop.campaign;

import dev.labelloop.core.ModelId;
import dev.labelloop.evaluation.HoldoutScore;

/**
 * The model in use.
 *
 * @param model its id
 * @param score on the holdout
 * @param predicts whether it knows any of the campaign's classes
 */
public record Champion(ModelId model, HoldoutScore score, boolean predicts) {}
