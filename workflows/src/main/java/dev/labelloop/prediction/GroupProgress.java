package dev.labelloop.prediction;

/**
 * How far a group is; sent to the campaign every tenth of the group.
 *
 * @param round number of the round
 * @param group number from 0
 * @param done stored shards of the group
 */
public record GroupProgress(int round, int group, int done) {}
