package dev.labelloop.worker.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program itself: asks for a command. */
@Command(
    name = "labelloop",
    version = "LabelLoop 0.1.0",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT, // every command has --help
    description = "Turns unlabelled images into a labelled data set and a trained detector.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ServeCommand.class,
      WorkerCommand.class,
      CampaignCommand.class,
      ReviewCommand.class,
      TrainCommand.class,
      PredictCommand.class,
      EvaluateCommand.class,
      ConvertCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      ModelCommand.class,
      AccountCommand.class,
      DoctorCommand.class
    })
final class Labelloop implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "which command?");
  }
}
