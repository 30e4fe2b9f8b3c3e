package dev.labelloop.worker.embedded;

import com.google.protobuf.util.Durations;
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
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.RegisterNamespaceRequest;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Registers what LabelLoop needs on a Temporal server; doing it again changes nothing.
 *
 * <p>Closed rounds stay visible for 90 days: continue-as-new closes a run, and a campaign may take
 * months.
 */
public final class TemporalSetup {
  /** LabelLoop's namespace on a server of its own. */
  public static final String NAMESPACE = "labelloop";

  private static final long RETENTION_DAYS = 90;

  /** Workers are often started together with their server, and on a busy machine. */
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private static final Duration USABLE = Duration.ofSeconds(30);

  private static final Map<String, IndexedValueType> ATTRIBUTES =
      Map.of(
          Visibility.PHASE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
          Visibility.CAMPAIGN.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
          Visibility.MODEL.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
          Visibility.HEALTH.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
          Visibility.HEALTH_REASON.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
          Visibility.ROUND.getName(), IndexedValueType.INDEXED_VALUE_TYPE_INT,
          Visibility.OPEN_BATCHES.getName(), IndexedValueType.INDEXED_VALUE_TYPE_INT,
          Visibility.PREDICTED.getName(), IndexedValueType.INDEXED_VALUE_TYPE_INT,
          Visibility.MAP.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
          Visibility.DEADLINE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);

  private final WorkflowServiceStubs service;
  private final OperatorServiceStubs operator;
  private final String namespace;

  private TemporalSetup(
      WorkflowServiceStubs service, OperatorServiceStubs operator, String namespace) {
    this.service = service;
    this.operator = operator;
    this.namespace = namespace;
  }

  /**
   * Registers namespace and search attributes where they are missing, and waits until both can be
   * used.
   *
   * @param target host and port of the server
   */
  public static void register(String target, String namespace) {
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setTarget(target).build());
    OperatorServiceStubs operator =
        OperatorServiceStubs.newServiceStubs(
            OperatorServiceStubsOptions.newBuilder()
                .setTarget(target)
                .validateAndBuildWithDefaults());
    try {
      connect(service, target);
      TemporalSetup setup = new TemporalSetup(service, operator, namespace);
      setup.registerNamespace();
      setup.registerAttributes();
    } catch (StatusRuntimeException e) {
      throw new EmbeddedException(
          "Temporal on "
              + target
              + " refuses to prepare namespace '"
              + namespace
              + "': "
              + e.getStatus().getDescription(),
          e);
    } finally {
      service.shutdownNow();
      operator.shutdownNow();
    }
  }

  private static void connect(WorkflowServiceStubs service, String target) {
    try {
      service.connect(CONNECT);
    } catch (StatusRuntimeException | IllegalStateException e) {
      throw new EmbeddedException(
          "no Temporal server answers on "
              + target
              + ": start it, name another with --temporal, or leave the option out",
          e);
    }
  }

  private void registerNamespace() {
    if (!isDescribable()) { // where it is, only an administrator may be allowed to register
      try {
        service
            .blockingStub()
            .registerNamespace(
                RegisterNamespaceRequest.newBuilder()
                    .setNamespace(namespace)
                    .setWorkflowExecutionRetentionPeriod(Durations.fromDays(RETENTION_DAYS))
                    .build());
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
          throw e;
        }
      }
    }
    if (!Waiting.until(USABLE, this::isUsable)) {
      throw new EmbeddedException("namespace '" + namespace + "' does not become usable");
    }
  }

  private boolean isDescribable() {
    try {
      service
          .blockingStub()
          .describeNamespace(DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build());
      return true;
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  /**
   * Whether the server's parts know the namespace. Each keeps a cache of its own, refreshed every
   * few seconds; a look for a workflow that is not there goes through front end and history, a look
   * at a queue through matching.
   */
  private boolean isUsable() {
    return knows(
            () ->
                service
                    .blockingStub()
                    .describeWorkflowExecution(
                        DescribeWorkflowExecutionRequest.newBuilder()
                            .setNamespace(namespace)
                            .setExecution(
                                WorkflowExecution.newBuilder().setWorkflowId("no such workflow"))
                            .build()))
        && knows(
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

  /** Whether a question was understood; what it asked for may well be missing. */
  private static boolean knows(Runnable question) {
    try {
      question.run();
      return true;
    } catch (StatusRuntimeException e) {
      boolean missing = e.getStatus().getCode() == Status.Code.NOT_FOUND;
      return missing && !String.valueOf(e.getMessage()).contains("Namespace");
    }
  }

  private void registerAttributes() {
    Map<String, IndexedValueType> missing = new HashMap<>(ATTRIBUTES);
    operator
        .blockingStub()
        .listSearchAttributes(
            ListSearchAttributesRequest.newBuilder().setNamespace(namespace).build())
        .getCustomAttributesMap()
        .forEach(
            (name, type) -> missing.computeIfPresent(name, (n, wanted) -> same(n, wanted, type)));
    if (!missing.isEmpty()) {
      operator
          .blockingStub()
          .addSearchAttributes(
              AddSearchAttributesRequest.newBuilder()
                  .setNamespace(namespace)
                  .putAllSearchAttributes(missing)
                  .build());
    }
    if (!Waiting.until(USABLE, this::isSearchable)) {
      throw new EmbeddedException(
          "the search attributes do not become usable: " + String.join(", ", ATTRIBUTES.keySet()));
    }
  }

  /** Null, which takes the attribute from the missing ones, if it is there as it should be. */
  private static @Nullable IndexedValueType same(
      String name, IndexedValueType wanted, IndexedValueType found) {
    if (found != wanted) {
      throw new EmbeddedException(
          "search attribute "
              + name
              + " has type "
              + found
              + " where "
              + wanted
              + " is needed: remove it there, or name another --namespace");
    }
    return null;
  }

  /** Attributes are known to the list before they are known to queries. */
  private boolean isSearchable() {
    String query =
        ATTRIBUTES.keySet().stream()
            .map(name -> name + " is null")
            .collect(Collectors.joining(" and "));
    try {
      service
          .blockingStub()
          .listWorkflowExecutions(
              ListWorkflowExecutionsRequest.newBuilder()
                  .setNamespace(namespace)
                  .setQuery(query)
                  .setPageSize(1)
                  .build());
      return true;
    } catch (StatusRuntimeException e) {
      return false; // not yet
    }
  }
}
