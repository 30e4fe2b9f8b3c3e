package dev.labelloop.campaign;

import dev.labelloop.core.ModelId;
import dev.labelloop.model.ModelActivities;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.model.TrainingWorkflow;
import io.temporal.workflow.Workflow;

/** One activity; a workflow of its own so that it has an id, a history and a queue to itself. */
public final class TrainingWorkflowImpl implements TrainingWorkflow {
  @Override
  public ModelId train(TrainingRequest request) {
    return Workflow.newActivityStub(
            ModelActivities.class,
            new StageOptions(request.round().campaign()).train("train " + request.round()))
        .trainModel(request);
  }
}
