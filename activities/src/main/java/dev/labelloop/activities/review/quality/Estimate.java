package dev.labelloop.activities.review.quality;

/**
 * A mean and where the true one surely lies.
 *
 * @param value mean of what was seen; NaN where nothing was
 * @param low least mean that what was seen allows
 * @param high largest
 * @param n how much was seen
 */
public record Estimate(double value, double low, double high, int n) {}
