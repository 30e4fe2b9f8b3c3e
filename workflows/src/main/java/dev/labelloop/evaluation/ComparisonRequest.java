package dev.labelloop.evaluation;

import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;

/**
 * A champion and its challenger, both measured on the holdout already.
 *
 * @param round that trained the challenger
 * @param rounds at most in this campaign, which share its chance of an error
 */
public record ComparisonRequest(RoundId round, ModelId champion, ModelId challenger, int rounds) {}
