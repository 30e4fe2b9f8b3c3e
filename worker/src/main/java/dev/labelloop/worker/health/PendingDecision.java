package dev.labelloop.worker.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A workflow task that is not done: the workflow's next step.
 *
 * @param workflow whose
 * @param attempt which attempt runs or comes next, from 1
 * @param since when it was put into the queue
 * @param running whether a worker is at it
 * @param lastFailure why an attempt failed; null if it is unknown
 */
public record PendingDecision(
    String workflow, int attempt, Instant since, boolean running, @Nullable String lastFailure) {}
