package dev.labelloop.worker.cli;

import dev.labelloop.activities.dataset.BadDatasetException;
import dev.labelloop.activities.dataset.ChangedSpecException;
import dev.labelloop.activities.detector.InvalidModelException;
import dev.labelloop.activities.evaluation.coco.InvalidCocoException;
import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.client.CampaignFailedException;
import dev.labelloop.worker.embedded.HomeInUseException;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * Runs a command line. Exit codes: 0 success, 1 failure, 2 a mistake in what was asked. A mistake
 * is told in one line, without a stack trace; those of other failures go to the log file.
 */
public final class Cli {
  static final int FAILURE = 1;
  static final int MISTAKE = 2;

  private Cli() {}

  /** Runs a command and answers with its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Labelloop())
        .registerConverter(CampaignName.class, text -> convert(text, CampaignName::new))
        .registerConverter(BatchId.class, text -> convert(text, BatchId::new))
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(Cli::mistake)
        .setExecutionExceptionHandler(Cli::failure)
        .execute(args);
  }

  private static <T> T convert(String text, Function<String, T> type) {
    try {
      return type.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }

  private static int mistake(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("labelloop: " + e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    return MISTAKE;
  }

  private static int failure(Exception e, CommandLine command, ParseResult parsed) {
    List<String> problems = problems(e);
    if (!problems.isEmpty()) {
      problems.forEach(problem -> command.getErr().println("labelloop: " + problem));
      return MISTAKE;
    }
    LoggerFactory.getLogger(Cli.class).info("{} failed", command.getCommandName(), e);
    command.getErr().println("labelloop: " + words(e));
    return FAILURE;
  }

  /** What a person did wrong, one line each; empty if it was not a person. */
  private static List<String> problems(Throwable e) {
    if (e instanceof BadInputException bad) {
      return bad.problems();
    }
    if (e instanceof CampaignFailedException failed && failed.badInput()) {
      return List.of(words(e));
    }
    if (e instanceof BadDatasetException
        || e instanceof ChangedSpecException
        || e instanceof HomeInUseException
        || e instanceof InvalidCocoException
        || e instanceof InvalidLabelsException
        || e instanceof InvalidModelException) {
      return List.of(words(e));
    }
    return List.of();
  }

  static String words(Throwable e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
  }
}
