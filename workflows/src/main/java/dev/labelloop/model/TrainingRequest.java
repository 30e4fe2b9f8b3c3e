package dev.labelloop.model;

import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.TrainingSetId;

/**
 * One training.
 *
 * @param round that trains
 * @param start the campaign's initial model; never the champion
 * @param trainingSet what it learns from
 */
public record TrainingRequest(RoundId round, ModelId start, TrainingSetId trainingSet) {
  /** The id of this training's workflow. */
  public String workflowId() {
    return "campaign/" + round + "/train";
  }
}
