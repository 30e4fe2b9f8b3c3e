package dev.labelloop.worker.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar that redraws itself; each task leaves its finished bar above. */
final class BarView implements ProgressView {
  private static final int REDRAW_MILLIS = 250;

  private final PrintStream err;
  private @Nullable ProgressBar bar;
  private @Nullable String warning;
  private volatile @Nullable Duration left;

  BarView(PrintStream err) {
    this.err = err;
  }

  @Override
  public void show(Shown shown) {
    ProgressBar current = bar;
    boolean warns = !Objects.equals(warning, shown.warning());
    left = shown.left();
    if (current == null || warns || !current.getTaskName().equals(shown.task())) {
      close();
      if (warns) {
        err.println(shown.warning() == null ? "all is well again" : shown.warning());
        warning = shown.warning();
      }
      current =
          ProgressBar.builder()
              .setTaskName(shown.task())
              .setInitialMax(shown.total() == 0 ? -1 : shown.total())
              .setStyle(ProgressBarStyle.UNICODE_BLOCK)
              .setUpdateIntervalMillis(REDRAW_MILLIS)
              .setUnit(shown.unit().isEmpty() ? "" : " " + shown.unit(), 1)
              .setEtaFunction(state -> Optional.ofNullable(left))
              .setConsumer(new ConsoleProgressBarConsumer(err))
              .build();
      bar = current;
    }
    current.maxHint(shown.total() == 0 ? -1 : shown.total());
    current.stepTo(shown.done());
    current.setExtraMessage(" " + shown.note());
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
