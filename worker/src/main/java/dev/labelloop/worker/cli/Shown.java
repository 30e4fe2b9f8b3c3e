package dev.labelloop.worker.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One state of a progress bar.
 *
 * @param task what is being done
 * @param done so far
 * @param total 0 if it cannot be known
 * @param unit of both, such as {@code images}
 * @param left until all is done; null if it cannot be known
 * @param note what else is worth a word
 * @param warning what somebody should look at, a line of its own; null if all is well
 */
record Shown(
    String task,
    long done,
    long total,
    String unit,
    @Nullable Duration left,
    String note,
    @Nullable String warning) {
  /** A task without an end in sight. */
  static Shown task(String task, String note, @Nullable String warning) {
    return new Shown(task, 0, 0, "", null, note, warning);
  }
}
