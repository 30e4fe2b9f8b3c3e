package dev.labelloop.worker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Talks about review batches; asks for a command of its own. */
@Command(
    name = "review",
    description = "Finish review batches.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = ReviewCompleteCommand.class)
final class ReviewCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "review what?");
  }
}
