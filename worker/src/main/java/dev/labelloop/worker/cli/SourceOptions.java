package dev.labelloop.worker.cli;

import dev.labelloop.activities.format.LabelFormats;
import dev.labelloop.activities.format.LabelImporter;
import dev.labelloop.worker.BadInputException;
import java.nio.file.Path;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** Which labels are read. */
final class SourceOptions {
  @Option(
      names = "--in",
      required = true,
      paramLabel = "PATH",
      description = "File or folder to read, as the format has it.")
  private Path in;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "NAME",
      completionCandidates = Names.class,
      description = "Its format, one of ${COMPLETION-CANDIDATES}.")
  private String from;

  /** The names of all formats that can be read. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LabelFormats.IMPORTERS.stream().map(LabelImporter::name).iterator();
    }
  }

  /** The file or folder. */
  Path path() {
    return Inputs.existing("--in", in);
  }

  /** What reads it. */
  LabelImporter importer() {
    try {
      return LabelFormats.importer(from);
    } catch (IllegalArgumentException e) {
      throw new BadInputException(String.valueOf(e.getMessage()));
    }
  }
}
