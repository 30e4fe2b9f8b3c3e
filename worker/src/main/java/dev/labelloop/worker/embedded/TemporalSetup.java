package dev.labelloop.worker.embedded;

import com.google.protobuf.Duration;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.campaign.Visibility;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Registers what LabelLoop needs on a Temporal server; doing it again changes nothing.
 *
 * <p>Closed rounds stay visible for 90 days: continue-as-new closes a run, and a campaign may take
 * months.
 */
public final class TemporalSetup {
  /** LabelLoop's namespace on a server of its own. */
  public static final String NAMESPACE = "labelloop";

  private static final long RETENTION_SECONDS = TimeUnit.DAYS.toSeconds(90);
  private static final java.time.Duration USABLE = java.time.Duration.ofSeconds(30);

  private static final Map<String, IndexedValueType> ATTRIBUTES =
      Map.of(
          Visibility.PHASE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
          Visibility.CAMPAIGN.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
          Visibility.MODEL.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
          Visibility.HEALTH.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
          Visibility.ROUND.getName(), IndexedValueType.INDEXED_VALUE_TYPE_INT,
          Visibility.OPEN_BATCHES.getName(), IndexedValueType.INDEXED_VALUE_TYPE_INT,
          Visibility.PREDICTED.getName(), IndexedValueType.INDEXED_VALUE_TYPE_INT,
          Visibility.MAP.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
          Visibility.DEADLINE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);

  private TemporalSetup() {}

  /** Registers namespace and search attributes, and waits until both can be used. */
  public static void register(WorkflowServiceStubs service, String target, String namespace) {
    registerNamespace(service, namespace);
    if (!Processes.await(USABLE, () -> usable(service, namespace))) {
      throw new EmbeddedException(
          "namespace '" + namespace + "' on " + target + " does not become usable");
    }
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setTarget(target)
                .validateAndBuildWithDefaults());
    try {
      boolean added =
          Processes.await(
              USABLE,
              () ->
                  known(
                      () ->
                          operator
                              .blockingStub()
                              .addSearchAttributes(
                                  AddSearchAttributesRequest.newBuilder()
                                      .setNamespace(namespace)
                                      .putAllSearchAttributes(ATTRIBUTES)
                                      .build())));
      if (!added || !Processes.await(USABLE, () -> attributesThere(operator, namespace))) {
        throw new EmbeddedException(
            "the search attributes on "
                + target
                + " do not become usable: "
                + String.join(", ", ATTRIBUTES.keySet()));
      }
    } finally {
      operator.shutdown();
    }
  }

  private static void registerNamespace(WorkflowServiceStubs service, String namespace) {
    try {
      service
          .blockingStub()
          .registerNamespace(
              RegisterNamespaceRequest.newBuilder()
                  .setNamespace(namespace)
                  .setWorkflowExecutionRetentionPeriod(
                      Duration.newBuilder().setSeconds(RETENTION_SECONDS))
                  .build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
  }

  /**
   * Whether the server's parts know the namespace. Each keeps a cache of its own, refreshed every
   * few seconds; a look for a workflow that is not there goes through front end and history, a look
   * at a queue through matching.
   */
  private static boolean usable(WorkflowServiceStubs service, String namespace) {
    return known(
            () ->
                service
                    .blockingStub()
                    .describeWorkflowExecution(
                        DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(namespace)
                            .setExecution(
                                WorkflowExecution.newBuilder().setWorkflowId("no such workflow"))
                            .build()))
        && known(
            () ->
                service
                    .blockingStub()
                    .describeTaskQueue(
                        DescribeTaskQueueRequest.newBuilder()
                            .setNamespace(namespace)
                            .setTaskQueue(TaskQueue.newBuilder().setName(TaskQueues.CAMPAIGN))
                            .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                            .build()));
  }

  private static boolean known(Runnable look) {
    try {
      look.run();
      return true;
    } catch (StatusRuntimeException e) {
      boolean missing = e.getStatus().getCode() == Status.Code.NOT_FOUND;
      return missing && !String.valueOf(e.getMessage()).contains("Namespace");
    }
  }

  private static boolean attributesThere(OperatorServiceStubs operator, String namespace) {
    try {
      return operator
          .blockingStub()
          .listSearchAttributes(
              ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
          .getCustomAttributesMap()
          .keySet()
          .containsAll(ATTRIBUTES.keySet());
    } catch (StatusRuntimeException e) {
      return false; // not yet
    }
  }
}
