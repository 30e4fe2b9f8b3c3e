package dev.labelloop.activities.review;

/**
 * How a campaign's answers settle its images.
 *
 * @param overlap how many people answer each image
 * @param agreement mean F1 of their answers from which one of them stands
 */
record Rules(int overlap, double agreement) {}
