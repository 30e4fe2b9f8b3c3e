package dev.labelloop.dataset;

import dev.labelloop.core.CampaignName;

/**
 * An amendment to store.
 *
 * @param campaign which is amended
 * @param id of the request; what is asked again under it is stored once
 * @param amendment what changes
 */
public record AmendmentRequest(CampaignName campaign, String id, Amendment amendment) {}
