package dev.labelloop.worker.cli;

import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.LabelExporter;
import dev.labelloop.activities.format.LabelFormats;
import dev.labelloop.worker.BadInputException;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** In which format labels are written. */
final class FormatOptions {
  @Option(
      names = {"--format", "--to"},
      required = true,
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  private String format;

  /** The names of all formats that can be written. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LabelFormats.EXPORTERS.stream().map(LabelExporter::name).iterator();
    }
  }

  String format() {
    return format;
  }

  LabelExporter exporter() {
    try {
      return LabelFormats.exporter(format);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }

  /** Writes labels; a target that cannot be written to is a mistake in what was asked. */
  static void export(
      LabelExporter exporter, ClassTable classes, Iterator<ImageLabels> images, Path out) {
    try {
      exporter.export(classes, images, out);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }
}
