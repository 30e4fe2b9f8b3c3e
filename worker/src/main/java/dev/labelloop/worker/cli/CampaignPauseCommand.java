package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.client.Campaigns;
import picocli.CommandLine.Command;

/** Hold a campaign: nothing new is begun, what runs ends as usual. */
@Command(
    name = "pause",
    description = "Hold a campaign: nothing new is begun, what runs ends as usual.")
final class CampaignPauseCommand extends CampaignOrder {
  @Override
  CampaignStatus give(Campaigns campaigns, CampaignName campaign) {
    return campaigns.pause(campaign);
  }
}
