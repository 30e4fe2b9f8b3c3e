package dev.labelloop.worker.cli;

import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.LabelFile;
import dev.labelloop.activities.format.LabelFormats;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.worker.BadInputException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Translates labels from one format to another. */
@Command(name = "convert", description = "Translate labels from one format to another.")
final class ConvertCommand implements Callable<Integer> {
  @Mixin private Output output;
  @Mixin private FormatOptions formats;

  @Option(
      names = "--in",
      required = true,
      paramLabel = "PATH",
      description = "File (COCO) or folder (YOLO) to read.")
  private Path in;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "Its format, one of ${COMPLETION-CANDIDATES}.")
  private String from;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "File (COCO, Label Studio) or folder (YOLO) to write.")
  private Path out;

  /** The names of all formats that can be read. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LabelFormats.IMPORTERS.stream().map(LabelImporter::name).iterator();
    }
  }

  /** The answer in JSON. */
  record Answer(int images, int boxes, int classes, String out) {}

  @Override
  public Integer call() {
    LabelFile labels = importer().read(Inputs.existing("--in", in), ImportChecks.ANY);
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

  private LabelImporter importer() {
    try {
      return LabelFormats.importer(from);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }
}
