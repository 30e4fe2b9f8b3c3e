package dev.labelloop.model;

import dev.labelloop.core.ModelId;

/**
 * A campaign's initial model.
 *
 * @param model its id
 * @param knownClasses how many of the campaign's classes it can already predict; with 0, round 1 is
 *     not predicted and selects at random
 */
public record InitialModelResult(ModelId model, int knownClasses) {}
