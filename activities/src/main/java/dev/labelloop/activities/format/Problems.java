package dev.labelloop.activities.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Faults of one label file, gathered so that a person can mend many at once. */
public final class Problems {
  /** As many as fit on a screen; the rest is counted. */
  private static final int SHOWN = 20;

  private final Path source;
  private final List<String> shown = new ArrayList<>();
  private int count;

  /** No faults yet. */
  public Problems(Path source) {
    this.source = source;
  }

  /** Notes a fault: where, what and how to mend it, in one sentence. */
  public void add(String problem) {
    count++;
    if (shown.size() < SHOWN) {
      shown.add(problem);
    }
  }

  /** Whether there is a fault. */
  public boolean any() {
    return count > 0;
  }

  /**
   * Ends the import if there is any fault.
   *
   * @throws InvalidLabelsException with all that were gathered
   */
  public void throwIfAny() {
    if (any()) {
      throw new InvalidLabelsException(message(), null);
    }
  }

  /** Ends the import at once with one more fault, because nothing after it can be read. */
  public InvalidLabelsException fatal(String problem, Throwable cause) {
    add(problem);
    return new InvalidLabelsException(message(), Objects.requireNonNull(cause));
  }

  private String message() {
    if (count == 1) {
      return source + ": " + shown.get(0);
    }
    String rest = count > shown.size() ? "\n  and " + (count - shown.size()) + " more" : "";
    return source + " has " + count + " faults:\n  " + String.join("\n  ", shown) + rest;
  }
}
