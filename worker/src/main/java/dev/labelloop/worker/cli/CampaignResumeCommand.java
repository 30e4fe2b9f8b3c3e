package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignStatus;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.client.Campaigns;
import picocli.CommandLine.Command;

/** Let a held campaign go on. */
@Command(name = "resume", description = "Let a held campaign go on.")
final class CampaignResumeCommand extends CampaignOrder {
  @Override
  CampaignStatus give(Campaigns campaigns, CampaignName campaign) {
    return campaigns.resume(campaign);
  }
}
