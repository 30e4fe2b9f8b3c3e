package dev.labelloop.worker.temporal;

import java.util.List;

/**
 * The activities that this process can run, by queue.
 *
 * @param data on queue {@code data}
 * @param predict on queue {@code predict}
 * @param train on queue {@code train}
 */
public record Stages(List<Object> data, List<Object> predict, List<Object> train) {}
