package dev.labelloop.label;

import org.jspecify.annotations.Nullable;

/**
 * What a round's acceptance stored.
 *
 * @param pseudoImages images with at least one pseudo-label
 * @param pseudoBoxes pseudo-labels
 * @param ignoreRegions detections too unsure to be a label and too sure to be background
 * @param verified candidates that people checked
 * @param precision share of them that were right, in [0, 1]; null when none was checked
 * @param accepted whether the pseudo-labels stand
 * @param reason why, in words for a person
 */
public record LabelResult(
    int pseudoImages,
    int pseudoBoxes,
    int ignoreRegions,
    int verified,
    @Nullable Double precision,
    boolean accepted,
    String reason) {}
