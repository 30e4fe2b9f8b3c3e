package dev.labelloop.activities.label.quality;

import org.jspecify.annotations.Nullable;

/**
 * A suspicion and the label that it is about.
 *
 * @param version of the annotation; null for a pseudo-label
 */
public record Doubt(Suspicion suspicion, @Nullable Integer version) {}
