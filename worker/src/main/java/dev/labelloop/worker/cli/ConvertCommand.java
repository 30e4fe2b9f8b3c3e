package dev.labelloop.worker.cli;

import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.LabelFile;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Translates labels from one format to another. */
@Command(name = "convert", description = "Translate labels from one format to another.")
final class ConvertCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private FormatOptions formats;
  @Mixin private SourceOptions source;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "File or folder to write, as the format has it.")
  private Path out;

  /** The answer in JSON. */
  record Answer(int images, int boxes, int classes, String out) {}

  @Override
  public Integer call() {
    LabelFile labels = source.importer().read(source.path(), ImportChecks.ANY);
    FormatOptions.export(formats.exporter(), labels.classes(), labels.images().iterator(), out);
    int boxes = labels.images().stream().mapToInt(image -> image.boxes().size()).sum();
    Answer answer =
        new Answer(
            labels.images().size(),
            boxes,
            labels.classes().entries().size(),
            out.toAbsolutePath().normalize().toString());
    output.answer(answer, boxes + " boxes on " + answer.images + " images in " + out);
    return 0;
  }
}
