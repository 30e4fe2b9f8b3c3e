package dev.labelloop.worker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** People and scripts that may use a server; asks for a command of its own. */
@Command(
    name = "account",
    description = "Add, list and end accounts, let people in by a link, scripts by a token.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AccountAddCommand.class,
      AccountListCommand.class,
      AccountLinkCommand.class,
      AccountTokenCommand.class,
      AccountDeactivateCommand.class
    })
final class AccountCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "account what?");
  }
}
