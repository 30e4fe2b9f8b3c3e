package dev.labelloop.activities.evaluation;

import dev.labelloop.core.CampaignName;
import dev.labelloop.evaluation.HoldoutScore;
import org.jspecify.annotations.Nullable;

/**
 * How a campaign stands, in a few numbers for monitoring.
 *
 * @param campaign whose
 * @param reviewBacklog images of open batches that nobody has answered
 * @param quarantined files
 * @param champion score of the model in use after the newest finished round; null before round 0 is
 *     measured
 */
public record CampaignGauges(
    CampaignName campaign, int reviewBacklog, int quarantined, @Nullable HoldoutScore champion) {}
