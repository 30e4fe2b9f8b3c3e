package dev.labelloop.worker.cli;

import dev.labelloop.worker.client.Campaigns;
import picocli.CommandLine.Command;

/** Hold a campaign: nothing new is begun, what runs ends as usual. */
@Command(
    name = "pause",
    description = "Hold a campaign: nothing new is begun, what runs ends as usual.")
final class CampaignPauseCommand extends CampaignOrder {
  CampaignPauseCommand() {
    super(Campaigns::pause);
  }
}
