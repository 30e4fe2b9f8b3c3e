package dev.labelloop.worker.cli;

import java.time.Duration;
import java.util.Locale;

/** Shows a training's steps and takes their time, those of this attempt. */
final class StepClock {
  private final ProgressView view;
  private long start;
  private long last;
  private int first = -1;
  private int done;
  private int steps;

  StepClock(ProgressView view) {
    this.view = view;
  }

  void step(int step, int of, double loss) {
    if (first < 0) {
      first = step; // its time holds the start of the engine
      start = System.nanoTime();
    }
    last = System.nanoTime();
    done = step;
    steps = of;
    view.show(
        new Shown(
            "train",
            step,
            of,
            "steps",
            Duration.ofMillis((long) (1e3 * secondsPerStep() * (of - step))),
            String.format(Locale.ROOT, "loss %.2f · %.2f s/step", loss, secondsPerStep()),
            null));
  }

  int steps() {
    return steps;
  }

  double secondsPerStep() {
    return done == first ? 0 : (last - start) / 1e9 / (done - first);
  }
}
