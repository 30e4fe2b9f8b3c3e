package dev.labelloop.worker.cli;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.LabelImport;
import dev.labelloop.worker.Wiring;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Takes labels that people drew in another tool. */
@Command(
    name = "import",
    description =
        "Take labels from a file as people's answers to a campaign's open batches, and close the"
            + " batches whose every image has one; the campaign's home must be up.")
final class ImportCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;
  @Mixin private SourceOptions source;

  @Option(names = "--campaign", required = true, paramLabel = "NAME", description = "Its name.")
  private CampaignName campaign;

  @Option(
      names = "--reviewer",
      paramLabel = "NAME",
      defaultValue = "import",
      description = "Who drew them (default: ${DEFAULT-VALUE}).")
  private String reviewer;

  /**
   * The answer in JSON.
   *
   * @param stored images whose labels are new
   * @param repeated images whose labels were imported before
   * @param notAsked images that no open batch asks about: left out
   * @param closed batches whose every image has an answer
   */
  record Answer(int stored, int repeated, int notAsked, List<BatchId> closed) {}

  @Override
  public Integer call() {
    try (Wiring wiring = new Wiring(servers.endpoints(), servers.home())) {
      LabelImport.Result taken =
          wiring.labelImport().take(campaign, source.importer(), source.path(), reviewer);
      taken.answered().forEach(wiring.temporal().campaigns()::completeReview);
      output.answer(
          new Answer(taken.stored(), taken.repeated(), taken.notAsked(), taken.answered()),
          text(taken));
    }
    return 0;
  }

  private static String text(LabelImport.Result taken) {
    return String.format(
        "labels of %d images taken, %d were there before, %d not asked for; batches closed: %s",
        taken.stored(),
        taken.repeated(),
        taken.notAsked(),
        taken.answered().isEmpty() ? "none" : taken.answered());
  }
}
