package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignSpec;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
  @Mixin private SpecificationOptions specification;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    CampaignSpec campaign = specification.read();
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
