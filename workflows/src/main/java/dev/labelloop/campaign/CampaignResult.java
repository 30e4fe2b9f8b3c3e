package dev.labelloop.campaign;

import dev.labelloop.core.CampaignName;
import dev.labelloop.evaluation.Champion;

/**
 * How a campaign ended; the rounds themselves are in PostgreSQL.
 *
 * @param campaign its name
 * @param outcome why it ended
 * @param rounds finished rounds
 * @param champion the model to use
 */
public record CampaignResult(
    CampaignName campaign, CampaignOutcome outcome, int rounds, Champion champion) {}
