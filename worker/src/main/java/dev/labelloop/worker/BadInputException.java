package dev.labelloop.worker;

import java.util.List;

/**
 * What a person asked for cannot be done as it was asked: a mistake in a file, an option or a
 * value. Each problem is one line that names the place, the value and the mend. Ends the process
 * with exit code 2 and without a stack trace.
 */
public final class BadInputException extends RuntimeException {
  private final transient List<String> problems;

  public BadInputException(String problem) {
    this(List.of(problem));
  }

  public BadInputException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each, in the order of the input. */
  public List<String> problems() {
    return problems;
  }
}
