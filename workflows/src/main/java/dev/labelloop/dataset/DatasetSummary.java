package dev.labelloop.dataset;

/**
 * What a campaign has to work with.
 *
 * @param poolImages images that may be selected, pseudo-labelled and trained on
 * @param holdoutImages images kept apart for measuring
 * @param holdoutToLabel holdout images that people must label before round 1; 0 when a file gave
 *     their truth
 * @param quarantined files that could not be used, each stored with its reason
 * @param duplicates files left out because another file has the same bytes
 * @param shardSize pool images a shard, fixed for the whole campaign
 */
public record DatasetSummary(
    int poolImages,
    int holdoutImages,
    int holdoutToLabel,
    int quarantined,
    int duplicates,
    int shardSize) {}
