package dev.labelloop.worker.client;

import java.time.Duration;

/**
 * What waits on a task queue, by the Temporal server's own estimate.
 *
 * @param queue name
 * @param tasks not yet given to a worker
 * @param age since the oldest of them was put there; zero where none waits
 */
public record QueueBacklog(String queue, long tasks, Duration age) {}
