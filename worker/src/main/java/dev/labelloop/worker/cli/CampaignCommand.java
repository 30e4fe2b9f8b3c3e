package dev.labelloop.worker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Talks to campaigns; asks for a command of its own. */
@Command(
    name = "campaign",
    description = "Start, list, follow, amend, hold and finish campaigns.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      CampaignStartCommand.class,
      CampaignListCommand.class,
      CampaignStatusCommand.class,
      CampaignWatchCommand.class,
      CampaignAmendCommand.class,
      CampaignPauseCommand.class,
      CampaignResumeCommand.class,
      CampaignFinishCommand.class,
      CampaignReportCommand.class
    })
final class CampaignCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "campaign what?");
  }
}
