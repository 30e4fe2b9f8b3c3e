package dev.labelloop.label;

import dev.labelloop.core.RoundId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Makes pseudo-labels of sure predictions. Queue {@code data}. */
@ActivityInterface
public interface LabelActivities {
  /**
   * Checks the round's pseudo-label candidates against the verify sample and stores them if they
   * hold.
   *
   * <p>With {@code selection.recheck}, it also holds labels against the round's predictions, and
   * stores what they contradict for the next selection.
   *
   * <p>Idempotent: pseudo-labels, suspicions and the result are stored in one transaction under the
   * round; a later call returns the stored result. A model never overwrites a human box.
   * Pseudo-labels are remade each round: those of earlier rounds stay as history and are no longer
   * current.
   */
  @ActivityMethod
  LabelResult acceptLabels(RoundId round);
}
