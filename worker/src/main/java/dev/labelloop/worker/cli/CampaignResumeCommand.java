package dev.labelloop.worker.cli;

import dev.labelloop.worker.client.Campaigns;
import picocli.CommandLine.Command;

/** Let a held campaign go on. */
@Command(name = "resume", description = "Let a held campaign go on.")
final class CampaignResumeCommand extends CampaignOrder {
  CampaignResumeCommand() {
    super(Campaigns::resume);
  }
}
