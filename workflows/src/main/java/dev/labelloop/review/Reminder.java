package dev.labelloop.review;

import dev.labelloop.core.RoundId;
import java.time.Instant;

/**
 * Batches wait for people.
 *
 * @param round whose batches
 * @param number of this reminder in its round, from 1
 * @param progress how far people are
 * @param deadline when the time is up
 */
public record Reminder(RoundId round, int number, ReviewProgress progress, Instant deadline) {}
