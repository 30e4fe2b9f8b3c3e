package dev.labelloop.worker.client;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.prediction.ShardProgress;
import org.jspecify.annotations.Nullable;

/**
 * Where a campaign is, with what its running activities last said.
 *
 * @param status of the campaign
 * @param training of the running training; null if none runs
 * @param prediction of all running shards together; null if none runs
 */
public record CampaignProgress(
    CampaignStatus status,
    @Nullable TrainingProgress training,
    @Nullable ShardProgress prediction) {}
