package dev.labelloop.worker.health;

import com.google.protobuf.Timestamp;
import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.campaign.Visibility;
import dev.labelloop.core.CampaignName;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingWorkflowTaskState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflow.v1.PendingWorkflowTaskInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server, not the workers, how a campaign and its running children are. Not safe for use
 * by several threads at once.
 */
public final class Onlooker {
  /** Prefix of campaigns' workflow ids. */
  private static final String ID_PREFIX = "campaign/";

  private static final String OPEN =
      "WorkflowType = 'CampaignWorkflow' AND ExecutionStatus = 'Running'";

  private final WorkflowClient client;
  private final Summaries summaries;

  public Onlooker(WorkflowClient client) {
    this.client = client;
    this.summaries = new Summaries(client);
  }

  /** The campaigns that run, as far as the list knows by now. */
  public List<CampaignName> open() {
    try (var runs = client.listExecutions(OPEN)) {
      return runs.map(run -> run.getExecution().getWorkflowId())
          .filter(id -> id.startsWith(ID_PREFIX))
          .map(id -> new CampaignName(id.substring(ID_PREFIX.length())))
          .toList();
    }
  }

  /** Looks at a campaign; empty if there is none of this name. */
  public Optional<Sight> look(CampaignName campaign) {
    return describe(campaign.workflowId()).map(parent -> sight(campaign, parent));
  }

  private Sight sight(CampaignName campaign, DescribeWorkflowExecutionResponse parent) {
    List<DescribeWorkflowExecutionResponse> workflows = new ArrayList<>(List.of(parent));
    for (PendingChildExecutionInfo child : parent.getPendingChildrenList()) {
      describe(child.getWorkflowId()).ifPresent(workflows::add); // or it has ended meanwhile
    }
    List<PendingWork> work = new ArrayList<>();
    List<PendingDecision> decisions = new ArrayList<>();
    for (DescribeWorkflowExecutionResponse workflow : workflows) {
      WorkflowExecution id = workflow.getWorkflowExecutionInfo().getExecution();
      workflow.getPendingActivitiesList().forEach(activity -> work.add(work(id, activity)));
      if (workflow.hasPendingWorkflowTask()) {
        decisions.add(decision(id, workflow.getPendingWorkflowTask()));
      }
    }
    return new Sight(campaign, shown(parent), work, decisions, workflows);
  }

  private @Nullable CampaignHealth shown(DescribeWorkflowExecutionResponse campaign) {
    String level =
        new WorkflowExecutionDescription(campaign, client.getOptions().getDataConverter())
            .getTypedSearchAttributes()
            .get(Visibility.HEALTH);
    for (CampaignHealth health : CampaignHealth.values()) {
      if (health.name().equals(level)) {
        return health;
      }
    }
    return null; // not yet, or in the words of another build
  }

  private Optional<DescribeWorkflowExecutionResponse> describe(String workflowId) {
    try {
      return Optional.of(
          client
              .getWorkflowServiceStubs()
              .blockingStub()
              .describeWorkflowExecution(
                  DescribeWorkflowExecutionRequest.newBuilder()
                      .setNamespace(client.getOptions().getNamespace())
                      .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                      .build()));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private PendingWork work(WorkflowExecution workflow, PendingActivityInfo activity) {
    PendingWork.State state = state(activity);
    boolean failed = activity.getAttempt() > 1 && activity.hasLastFailure();
    return new PendingWork(
        workflow.getWorkflowId(),
        activity.getActivityType().getName(),
        failed ? summaries.of(workflow, activity) : null,
        queue(activity),
        state,
        activity.getAttempt(),
        failed ? FailureWords.of(activity.getLastFailure()) : null,
        time(
            state == PendingWork.State.RUNNING
                ? activity.getLastStartedTime()
                : activity.getScheduledTime()),
        activity.hasLastHeartbeatTime() ? time(activity.getLastHeartbeatTime()) : null,
        state == PendingWork.State.RETRYING ? time(activity.getNextAttemptScheduleTime()) : null);
  }

  private static PendingWork.State state(PendingActivityInfo activity) {
    return switch (activity.getState()) {
      case PENDING_ACTIVITY_STATE_SCHEDULED ->
          activity.hasNextAttemptScheduleTime()
              ? PendingWork.State.RETRYING
              : PendingWork.State.WAITING;
      case PENDING_ACTIVITY_STATE_PAUSED -> PendingWork.State.PAUSED;
      default -> PendingWork.State.RUNNING;
    };
  }

  /** Servers before 1.29 do not tell the queue, but the type does. */
  private static String queue(PendingActivityInfo activity) {
    String told = activity.getActivityOptions().getTaskQueue().getName();
    return !told.isEmpty()
        ? told
        : switch (activity.getActivityType().getName()) {
          case "PredictShard", "PredictHoldout" -> TaskQueues.PREDICT;
          case "TrainModel" -> TaskQueues.TRAIN;
          default -> TaskQueues.DATA;
        };
  }

  private PendingDecision decision(WorkflowExecution workflow, PendingWorkflowTaskInfo task) {
    return new PendingDecision(
        workflow.getWorkflowId(),
        task.getAttempt(),
        time(task.getScheduledTime()),
        task.getState() == PendingWorkflowTaskState.PENDING_WORKFLOW_TASK_STATE_STARTED,
        task.getAttempt() < HealthJudge.DECISION_FAILS
            ? null
            : summaries.lastFailedDecision(workflow));
  }

  private static Instant time(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
