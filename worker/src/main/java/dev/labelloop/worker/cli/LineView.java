package dev.labelloop.worker.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Plain lines, for log files: one for each task, and one now and then while it goes on. */
final class LineView implements ProgressView {
  private static final long INTERVAL = Duration.ofSeconds(10).toNanos();

  private static final long MINUTE = 60;
  private static final long HOUR = 3600;

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
    boolean warns =
        before == null
            ? shown.warning() != null
            : !Objects.equals(before.warning(), shown.warning());
    if (newTask || due || warns) {
      err.println(line(shown));
      if (warns) {
        err.println(shown.warning() == null ? "all is well again" : shown.warning());
      }
      last = shown;
      lastTime = clock.getAsLong();
    }
  }

  static String line(Shown shown) {
    String count =
        shown.total() == 0
            ? ""
            : " "
                + shown.done()
                + "/"
                + shown.total()
                + (shown.unit().isEmpty() ? "" : " ")
                + shown.unit();
    Duration left = shown.left();
    return shown.task()
        + count
        + (shown.note().isEmpty() ? "" : " · " + shown.note())
        + (left == null ? "" : " · " + words(left) + " left");
  }

  /** In the unit that tells enough. */
  static String words(Duration time) {
    long seconds = time.toSeconds();
    if (seconds < 2 * MINUTE) {
      return seconds + " s";
    }
    return seconds < 2 * HOUR
        ? Math.round((double) seconds / MINUTE) + " min"
        : Math.round((double) seconds / HOUR) + " h";
  }

  @Override
  public void close() {
    err.flush();
  }
}
