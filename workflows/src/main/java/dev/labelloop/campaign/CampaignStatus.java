package dev.labelloop.campaign;

import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.review.ReviewProgress;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the query {@code status} answers.
 *
 * @param campaign its name
 * @param phase where it is
 * @param round running, from 1; 0 while the campaign is prepared
 * @param maxRounds rounds at most
 * @param shardsDone predicted shards of this round
 * @param shards of this round
 * @param review how far people are; null outside a review
 * @param deadline of the review; null outside a review
 * @param champion the model in use; null before the first is measured
 * @param paused whether a person holds the campaign
 * @param amended what people changed of its specification so far
 * @param health how it is, and why; what is seen from outside comes some seconds late
 */
public record CampaignStatus(
    CampaignName campaign,
    CampaignPhase phase,
    int round,
    int maxRounds,
    int shardsDone,
    int shards,
    @Nullable ReviewProgress review,
    @Nullable Instant deadline,
    @Nullable Champion champion,
    boolean paused,
    Amendment amended,
    HealthNote health) {
  public CampaignStatus {
    health = Objects.requireNonNullElse(health, HealthNote.OK); // absent in an older worker's word
  }
}
