package dev.labelloop.evaluation;

/**
 * A model's score on the holdout, by COCO's rules.
 *
 * @param map mean average precision over IoU .50 to .95, a fraction in [0, 1]
 * @param ap50 average precision at IoU .50, a fraction in [0, 1]
 */
public record HoldoutScore(double map, double ap50) {}
