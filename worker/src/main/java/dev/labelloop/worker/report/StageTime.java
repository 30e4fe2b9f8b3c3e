package dev.labelloop.worker.report;

/**
 * How long one kind of activity took in all.
 *
 * @param stage the activity's name, such as {@code trainModel}
 * @param runs how many finished
 * @param seconds from start to end, added up; activities that ran side by side count each
 */
public record StageTime(String stage, int runs, double seconds) {}
