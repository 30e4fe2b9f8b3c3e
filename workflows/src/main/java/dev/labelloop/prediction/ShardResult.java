package dev.labelloop.prediction;

/**
 * What a shard left in the database.
 *
 * @param images predicted
 * @param boxes found, all confidences
 * @param quarantined images that could not be decoded any more or crash what reads them, each
 *     stored with its reason
 */
public record ShardResult(int images, int boxes, int quarantined) {}
