package dev.labelloop.worker.cli;

import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.temporal.Build;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which build of the program a worker is. */
final class BuildOptions {
  /** The server joins both by a dot or a colon. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]+");

  @Option(
      names = "--build-id",
      paramLabel = "ID",
      description = {
        "The build of this program, such as a version: a round goes on with the build that it began",
        "with (default: builds are not told apart)."
      })
  private @Nullable String id;

  @Option(
      names = "--deployment",
      paramLabel = "NAME",
      description = "What it is a build of (default: " + Build.DEPLOYMENT + ").")
  private @Nullable String deployment;

  @Option(
      names = "--make-current",
      description = {
        "Let new campaigns and the next rounds of running ones go to this build, as soon as the server",
        "knows it. Start workers of the build for all queues first."
      })
  private boolean makeCurrent;

  /** The build; null if builds are not told apart. */
  @Nullable Build build() {
    if (id == null) {
      if (deployment != null || makeCurrent) {
        throw new BadInputException(
            (makeCurrent ? "--make-current" : "--deployment") + " needs --build-id ID");
      }
      return null;
    }
    String name = deployment == null ? Build.DEPLOYMENT : deployment;
    return new Build(
        checked("--deployment", name, NAME, "letters, digits, - and _"),
        checked("--build-id", id, ID, "letters, digits, ., - and _"));
  }

  boolean makeCurrent() {
    return makeCurrent;
  }

  private static String checked(String option, String value, Pattern pattern, String allowed) {
    if (!pattern.matcher(value).matches()) {
      throw new BadInputException(option + " '" + value + "' must be made of " + allowed);
    }
    return value;
  }
}
