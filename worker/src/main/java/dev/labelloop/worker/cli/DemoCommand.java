package dev.labelloop.worker.cli;

import dev.labelloop.worker.demo.DemoCampaign;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The whole loop without any data of one's own. */
@Command(
    name = "demo",
    description = {
      "Draw scenes and run three rounds over them, from random weights, with a simulated reviewer.",
      "Takes a few minutes on two cores; opens nothing, prints the links."
    })
final class DemoCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private HomeOptions home;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Path folder = home.home().toAbsolutePath().normalize().resolve("demo");
    return RunCommand.answer(
        new CampaignRun(home, spec.commandLine().getErr()).run(DemoCampaign.prepare(folder)),
        output);
  }
}
