package dev.labelloop.model;

/**
 * Hyperparameters of one training; stored with the model as provenance.
 *
 * @param epochs passes over the training set, at least 1
 * @param batch images a step, at least 1
 * @param input side of the square network input in pixels, a multiple of 32
 * @param rate peak learning rate of AdamW
 * @param seed of every draw: order, augmentation, fresh head rows
 */
public record TrainingSpec(int epochs, int batch, int input, double rate, long seed) {}
