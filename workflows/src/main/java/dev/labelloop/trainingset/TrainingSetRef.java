package dev.labelloop.trainingset;

import dev.labelloop.core.TrainingSetId;

/**
 * A frozen training set.
 *
 * @param id hash of its canonical manifest
 * @param images in all
 * @param humanImages images that people labelled
 * @param pseudoImages images that the model labelled
 * @param boxes labels of both kinds
 */
public record TrainingSetRef(
    TrainingSetId id, int images, int humanImages, int pseudoImages, int boxes) {}
