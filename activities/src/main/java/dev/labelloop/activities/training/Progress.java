package dev.labelloop.activities.training;

/** Told after every step of a training; may throw to stop it after a checkpoint. */
@FunctionalInterface
public interface Progress {
  /**
   * One step is done.
   *
   * @param step finished steps, from 1
   * @param steps of the whole training
   * @param loss of this step
   */
  void step(int step, int steps, double loss);

  /** Work goes on that is no step, such as taking statistics. */
  default void working() {}
}
