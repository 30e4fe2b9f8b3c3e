package dev.labelloop.campaign;

import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import org.jspecify.annotations.Nullable;

/** What a failure says. */
public final class Failures {
  private Failures() {}

  /** Whether it is, or comes from, a cancellation. */
  static boolean isCancellation(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof CanceledFailure) {
        return true;
      }
    }
    return false;
  }

  /** Whether there is a failure, and it is none of those that a cancellation brings. */
  static boolean isFinal(@Nullable Throwable failure) {
    return failure != null && !isCancellation(failure);
  }

  /** The outermost failure that an activity or a workflow has worded, if there is one. */
  public static @Nullable ApplicationFailure worded(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ApplicationFailure worded) {
        return worded;
      }
    }
    return null;
  }

  /** What it says to people: the words of whoever failed, without those of who was called. */
  public static String reason(Throwable failure) {
    ApplicationFailure worded = worded(failure);
    if (worded != null && worded.getOriginalMessage() != null) {
      return worded.getOriginalMessage();
    }
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String said =
        innermost instanceof TemporalFailure known
            ? known.getOriginalMessage()
            : innermost.getMessage();
    return said == null || said.isBlank() ? innermost.getClass().getSimpleName() : said;
  }

  /**
   * The same for the end of a workflow: its message says first what the cause says deep inside,
   * because lists and the head of a page show no more.
   */
  static TemporalFailure speaking(TemporalFailure failure) {
    ApplicationFailure worded = worded(failure);
    return isCancellation(failure) || worded == null || worded == failure
        ? failure
        : ApplicationFailure.newNonRetryableFailureWithCause(
            reason(failure), worded.getType(), failure);
  }
}
