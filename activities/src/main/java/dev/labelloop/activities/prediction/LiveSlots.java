package dev.labelloop.activities.prediction;

/** Counts what the workers on queue {@code predict} can do side by side. */
public interface LiveSlots {
  /** Slots of all workers that live now; 0 if nobody knows. */
  int count();
}
