package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.worker.Wiring;
import dev.labelloop.worker.config.SpecificationReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The main job: a campaign from its specification to its end. */
@Command(
    name = "run",
    description = {
      "Run a campaign to its end on servers in its home, with all workers in this process.",
      "Again with the same home: goes on where it stopped, or prints the finished result."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private HomeOptions home;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "SPEC.yaml", description = "The campaign's specification.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key of the specification, such as training.epochs=3; an empty value takes it"
              + " away. Paths are relative to where you are. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  @Override
  public Integer call() {
    CampaignSpec campaign =
        new SpecificationReader(Wiring.offer(), Path.of("").toAbsolutePath()).read(file, overrides);
    return answer(new CampaignRun(home, spec.commandLine().getErr()).run(campaign), output);
  }

  /** Prints how a run ended, and answers with the exit code. */
  static int answer(Optional<CampaignRun.Ended> ended, Output output) {
    if (ended.isEmpty()) {
      return Cli.FAILURE; // stopped by a signal, whose own code the system reports
    }
    output.answer(ended.get().result(), ended.get().result().text());
    if (ended.get().failed() != null) {
      throw ended.get().failed();
    }
    return 0;
  }
}
