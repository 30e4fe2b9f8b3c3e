package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.client.Campaigns;
import picocli.CommandLine.Command;

/** End a campaign with the champion it has. */
@Command(name = "finish", description = "End a campaign with the champion it has.")
final class CampaignFinishCommand extends CampaignOrder {
  @Override
  CampaignStatus give(Campaigns campaigns, CampaignName campaign) {
    return campaigns.finish(campaign);
  }
}
