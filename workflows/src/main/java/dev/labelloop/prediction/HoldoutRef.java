package dev.labelloop.prediction;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;

/** A model's prediction of a campaign's whole holdout. */
public record HoldoutRef(CampaignName campaign, ModelId model) {}
