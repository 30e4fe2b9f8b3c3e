package dev.labelloop.activities.model;

import dev.labelloop.activities.heartbeat.Heartbeat;
import dev.labelloop.activities.training.Progress;
import dev.labelloop.model.TrainingProgress;

/** Tells Temporal of every step; a cancelled or superseded training ends at the next one. */
final class StepNotes implements Progress {
  private final Heartbeat heartbeat;
  private final long start = System.nanoTime();
  private int before = -1;
  private TrainingProgress last = new TrainingProgress(0, 0, 0, 0);

  StepNotes(Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
  }

  @Override
  public void step(int step, int steps, double loss) {
    if (before < 0) {
      before = step - 1; // what an earlier attempt did, as far as a checkpoint has it
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    last = new TrainingProgress(step, steps, loss, seconds / (step - before));
    heartbeat.note(last);
  }

  @Override
  public void working() {
    heartbeat.note(last);
  }
}
