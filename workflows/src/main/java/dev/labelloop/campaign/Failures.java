package dev.labelloop.campaign;

import io.temporal.failure.CanceledFailure;
import org.jspecify.annotations.Nullable;

/** What a failure says. */
final class Failures {
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
}
