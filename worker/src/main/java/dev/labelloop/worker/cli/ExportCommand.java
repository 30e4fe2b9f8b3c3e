package dev.labelloop.worker.cli;

import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.CampaignLabels;
import dev.labelloop.worker.Wiring;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Hands a campaign's labels to another tool. */
@Command(
    name = "export",
    description = "Write the labels that a campaign has made so far; its home must be up.")
final class ExportCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private ServerOptions servers;
  @Mixin private FormatOptions formats;

  @Option(names = "--campaign", required = true, paramLabel = "NAME", description = "Its name.")
  private CampaignName campaign;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "File or folder to write, as the format has it.")
  private Path out;

  @Option(
      names = "--part",
      paramLabel = "PART",
      defaultValue = "ALL",
      description =
          "Of ${COMPLETION-CANDIDATES}: labels of people and of the newest model, of people alone,"
              + " or the holdout's (default: ${DEFAULT-VALUE}).")
  private CampaignLabels.Part part;

  /** The answer in JSON. */
  record Answer(int images, int boxes, String format, String out) {}

  @Override
  public Integer call() {
    try (Wiring wiring = new Wiring(servers.endpoints(), servers.home())) {
      ClassTable classes = ClassTable.of(wiring.campaignRepository().spec(campaign).classes());
      List<ImageLabels> images = wiring.labels().of(campaign, part);
      FormatOptions.export(formats.exporter(), classes, images.iterator(), out);
      int boxes = images.stream().mapToInt(image -> image.boxes().size()).sum();
      output.answer(
          new Answer(
              images.size(), boxes, formats.format(), out.toAbsolutePath().normalize().toString()),
          boxes + " boxes on " + images.size() + " images in " + out);
    }
    return 0;
  }
}
