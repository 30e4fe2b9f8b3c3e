package dev.labelloop.worker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Models; asks for a command of its own. */
@Command(
    name = "model",
    description = "List and import models of a home, take a champion back.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ModelListCommand.class, ModelImportCommand.class, ModelRollbackCommand.class})
final class ModelCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "model what?");
  }
}
