package dev.labelloop.model;

import dev.labelloop.core.ModelId;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** One training: a long activity that resumes from its checkpoints. */
@WorkflowInterface
public interface TrainingWorkflow {
  /** The trained challenger. */
  @WorkflowMethod
  ModelId train(TrainingRequest request);
}
