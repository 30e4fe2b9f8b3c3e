package dev.labelloop.worker.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Plain lines, for log files: one for each task, and one now and then while it goes on. */
final class LineView implements ProgressView {
  private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

  private final PrintStream err;
  private final LongSupplier clock;
  private @Nullable Shown last;
  private long lastTime;

  LineView(PrintStream err, LongSupplier clock) {
    this.err = err;
    this.clock = clock;
  }

  @Override
  public void show(Shown shown) {
    Shown before = last;
    boolean newTask = before == null || !before.task().equals(shown.task());
    boolean due = !shown.equals(before) && clock.getAsLong() - lastTime >= INTERVAL;
    if (newTask || due) {
      err.println(line(shown));
      last = shown;
      lastTime = clock.getAsLong();
    }
  }

  static String line(Shown shown) {
    String count = shown.total() == 0 ? "" : " " + shown.done() + "/" + shown.total();
    return shown.task() + count + (shown.note().isEmpty() ? "" : " · " + shown.note());
  }

  @Override
  public void close() {
    err.flush();
  }
}
