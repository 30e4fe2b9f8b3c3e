package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.review.Waiting;
import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.CampaignSummary;
import dev.labelloop.worker.client.RunningWork;
import dev.labelloop.worker.health.PendingWork;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a campaign is, as JSON. What only the campaign itself knows is null where no worker answers
 * for it.
 *
 * @param state RUNNING, its outcome, or FAILED, CANCELED, TERMINATED or TIMED_OUT
 * @param started when its newest run began
 * @param failure why it failed, in full; null if it has not
 * @param retrying activities that failed and are tried again
 * @param running what its running activities last said
 * @param waiting for people; null outside a review
 */
record StatusView(
    String campaign,
    String state,
    @Nullable String phase,
    long round,
    @Nullable Integer maxRounds,
    @Nullable Integer shardsDone,
    @Nullable Integer shards,
    @Nullable ReviewProgress review,
    @Nullable Instant deadline,
    @Nullable Champion champion,
    @Nullable Boolean paused,
    @Nullable Amendment amended,
    HealthNote health,
    @Nullable Instant started,
    @Nullable String failure,
    List<PendingWork> retrying,
    RunningWork running,
    @Nullable Waiting waiting) {

  static StatusView of(CampaignProgress progress) {
    CampaignSummary summary = progress.summary();
    CampaignStatus status = progress.status();
    return status == null
        ? new StatusView(
            summary.campaign(),
            summary.state(),
            summary.phase(),
            summary.round(),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            progress.health(),
            summary.started(),
            progress.failure(),
            progress.retrying(),
            progress.running(),
            progress.waiting())
        : new StatusView(
            summary.campaign(),
            summary.state(),
            status.phase().name(),
            status.round(),
            status.maxRounds(),
            status.shardsDone(),
            status.shards(),
            progress.review(),
            status.deadline(),
            status.champion(),
            status.paused(),
            status.amended(),
            progress.health(),
            summary.started(),
            progress.failure(),
            progress.retrying(),
            progress.running(),
            progress.waiting());
  }
}
