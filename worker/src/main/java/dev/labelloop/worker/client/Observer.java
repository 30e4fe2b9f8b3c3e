package dev.labelloop.worker.client;

import dev.labelloop.core.CampaignName;
import dev.labelloop.model.TrainingProgress;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.worker.BadInputException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.common.converter.DataConverter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what the running activities of a campaign last said; asks the server, not the workers. */
public final class Observer {
  private final WorkflowClient client;
  private final Campaigns campaigns;

  public Observer(WorkflowClient client) {
    this.client = client;
    this.campaigns = new Campaigns(client);
  }

  /** Where the campaign is now. */
  public CampaignProgress look(CampaignName campaign) {
    TrainingProgress training = null;
    ShardProgress prediction = null;
    for (PendingActivityInfo activity : running(campaign)) {
      switch (activity.getActivityType().getName()) {
        case "TrainModel" -> training = details(activity, TrainingProgress.class);
        case "PredictShard", "PredictHoldout" ->
            prediction = sum(prediction, details(activity, ShardProgress.class));
        default -> {} // short: nothing to tell
      }
    }
    return new CampaignProgress(campaigns.status(campaign), training, prediction);
  }

  /** The pending activities of the campaign and of its running children. */
  private List<PendingActivityInfo> running(CampaignName campaign) {
    DescribeWorkflowExecutionResponse parent = describe(campaign.workflowId());
    List<PendingActivityInfo> running = new ArrayList<>(parent.getPendingActivitiesList());
    for (PendingChildExecutionInfo child : parent.getPendingChildrenList()) {
      running.addAll(describe(child.getWorkflowId()).getPendingActivitiesList());
    }
    return running;
  }

  private DescribeWorkflowExecutionResponse describe(String workflowId) {
    try {
      return describeOnce(workflowId);
    } catch (StatusRuntimeException e) {
      throw e.getStatus().getCode() == Status.Code.NOT_FOUND
          ? new BadInputException(
              "there is no "
                  + workflowId.replaceFirst("^campaign/", "campaign ")
                  + " on this Temporal server: see 'campaign list'")
          : e;
    }
  }

  private DescribeWorkflowExecutionResponse describeOnce(String workflowId) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .build());
  }

  private <T> @Nullable T details(PendingActivityInfo activity, Class<T> type) {
    if (!activity.hasHeartbeatDetails()) {
      return null;
    }
    DataConverter converter = client.getOptions().getDataConverter();
    return converter.fromPayloads(0, Optional.of(activity.getHeartbeatDetails()), type, type);
  }

  private static @Nullable ShardProgress sum(@Nullable ShardProgress a, @Nullable ShardProgress b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return new ShardProgress(
        a.done() + b.done(), a.total() + b.total(), a.imagesPerSecond() + b.imagesPerSecond());
  }
}
