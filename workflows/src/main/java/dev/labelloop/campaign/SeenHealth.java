package dev.labelloop.campaign;

/**
 * What the query {@code seenHealth} answers: what a worker has last told the campaign of itself.
 *
 * @param note what was told; all is well at a run's begin
 * @param changes how often it changed in this run: who tells waits the longer with good news, the
 *     more of them there were
 */
public record SeenHealth(HealthNote note, int changes) {}
