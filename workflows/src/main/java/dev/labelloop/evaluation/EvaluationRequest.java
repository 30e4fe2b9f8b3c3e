package dev.labelloop.evaluation;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;

/** A model to measure on a campaign's holdout, whose predictions are stored already. */
public record EvaluationRequest(CampaignName campaign, ModelId model) {}
