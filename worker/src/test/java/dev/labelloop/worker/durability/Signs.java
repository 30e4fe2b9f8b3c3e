package dev.labelloop.worker.durability;

import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.client.TemporalConnection;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * By what one sees from outside that a campaign gets on: rows in its tables, and what running
 * activities say. Histories are no sign: the server writes into them that a worker is silent.
 */
final class Signs implements AutoCloseable {
  private static final String ROWS =
      """
      select (select count(*) from prediction_shard) || ' ' ||
        (select count(*) from holdout_prediction_ledger) || ' ' ||
        (select count(*) from selection) || ' ' || (select count(*) from review_answer) || ' ' ||
        (select count(*) from review_batch where state = 'CLOSED') || ' ' ||
        (select count(*) from training_set) || ' ' || (select count(*) from challenger) || ' ' ||
        (select count(*) from initial_model) || ' ' || (select count(*) from round_record)
      """;

  private static final long PATIENCE_SECONDS = 2;

  private final Endpoints endpoints;
  private final CampaignName campaign;
  private final TemporalConnection temporal;

  /**
   * Looks at a campaign.
   *
   * @throws IllegalStateException if Temporal does not answer
   */
  Signs(Endpoints endpoints, CampaignName campaign) {
    this.endpoints = endpoints;
    this.campaign = campaign;
    this.temporal = TemporalConnection.to(endpoints.temporal(), endpoints.namespace());
  }

  /** What is seen now; less where a server does not answer, never more than there is. */
  Set<String> look() {
    Set<String> signs = new HashSet<>();
    try (Connection connection = DriverManager.getConnection(endpoints.database());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ROWS)) {
      rows.next();
      signs.add("rows " + rows.getString(1));
    } catch (SQLException e) {
      // PostgreSQL is down, or its tables are not made yet: no sign.
    }
    try {
      DescribeWorkflowExecutionResponse parent = describe(campaign.workflowId());
      signs.add("run " + parent.getWorkflowExecutionInfo().getExecution().getRunId());
      add(parent, signs);
      for (PendingChildExecutionInfo child : parent.getPendingChildrenList()) {
        add(describe(child.getWorkflowId()), signs);
      }
    } catch (StatusRuntimeException e) {
      // Temporal is down, or the child has just ended: no sign.
    }
    return signs;
  }

  /** Whether both servers answer. */
  boolean areComplete(Set<String> look) {
    return look.stream().anyMatch(sign -> sign.startsWith("rows "))
        && look.stream().anyMatch(sign -> sign.startsWith("run "));
  }

  private static void add(DescribeWorkflowExecutionResponse workflow, Set<String> signs) {
    for (PendingActivityInfo activity : workflow.getPendingActivitiesList()) {
      if (activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED) {
        signs.add(
            workflow.getWorkflowExecutionInfo().getExecution().getRunId()
                + activity.getActivityId()
                + activity.getAttempt()
                + activity.getHeartbeatDetails());
      }
    }
  }

  private DescribeWorkflowExecutionResponse describe(String workflowId) {
    return temporal
        .client()
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(endpoints.namespace())
                .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .build());
  }

  @Override
  public void close() {
    temporal.close();
  }
}
