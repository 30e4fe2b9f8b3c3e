package dev.labelloop.evaluation;

import dev.labelloop.core.RoundId;

/**
 * A person wants the champion before the present one back.
 *
 * @param round in which it is wanted
 * @param id of the request; what is asked again under it is done once
 */
public record RollBackRequest(RoundId round, String id) {}
