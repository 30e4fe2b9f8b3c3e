package dev.labelloop.worker.cli;

import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.worker.Wiring;
import dev.labelloop.worker.config.SpecificationFiles;
import dev.labelloop.worker.config.SpecificationReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A specification's file, and what overrides it. */
final class SpecificationOptions {
  @Parameters(paramLabel = "SPEC.yaml", description = "The campaign's specification.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Override a key of the specification, such as training.epochs=3; an empty value takes it"
              + " away. Paths are relative to where you are. May be repeated.")
  private List<String> overrides = new ArrayList<>();

  /** The campaign, with every mistake told that can be told before it starts. */
  CampaignSpec read() {
    CampaignSpec campaign =
        new SpecificationReader(Wiring.offer(), Path.of("").toAbsolutePath()).read(file, overrides);
    SpecificationFiles.check(campaign);
    return campaign;
  }
}
