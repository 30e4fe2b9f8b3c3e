package dev.labelloop.worker.client;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import dev.labelloop.activities.review.Waiting;
import dev.labelloop.core.CampaignName;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connection to a Temporal server. */
public final class TemporalConnection implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final WorkflowServiceStubs service;
  private final WorkflowClient client;

  private TemporalConnection(WorkflowServiceStubs service, WorkflowClient client) {
    this.service = service;
    this.client = client;
  }

  /**
   * Connects.
   *
   * @param target host and port
   * @throws IllegalStateException if no server answers there
   */
  public static TemporalConnection to(String target, String namespace) {
    return to(target, namespace, new NoopScope());
  }

  /**
   * Connects.
   *
   * @param target host and port
   * @param metrics where the SDK puts its own
   * @throws IllegalStateException if no server answers there
   */
  public static TemporalConnection to(String target, String namespace, Scope metrics) {
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget(target)
                .setMetricsScope(metrics)
                .build());
    try {
      service.connect(PATIENCE);
    } catch (StatusRuntimeException | IllegalStateException e) {
      service.shutdownNow();
      throw new IllegalStateException(
          "no Temporal server answers at " + target + ": is it up, and is this its address?", e);
    }
    return new TemporalConnection(
        service,
        WorkflowClient.newInstance(
            service,
            WorkflowClientOptions.newBuilder()
                .setNamespace(namespace)
                .setWorkerHeartbeatInterval(LiveWorkers.SPEAKS_EVERY)
                .build()));
  }

  public WorkflowClient client() {
    return client;
  }

  public Campaigns campaigns() {
    return new Campaigns(client);
  }

  public Queues queues() {
    return new Queues(service, client.getOptions().getNamespace());
  }

  public LiveWorkers workers() {
    return new LiveWorkers(service, client.getOptions().getNamespace());
  }

  /** An observer that knows nothing of PostgreSQL. */
  public Observer observer() {
    return observer(campaign -> null);
  }

  /**
   * An observer.
   *
   * @param waiting for people, in a campaign; null where it cannot be told
   */
  public Observer observer(Function<CampaignName, @Nullable Waiting> waiting) {
    return new Observer(client, waiting);
  }

  @Override
  public void close() {
    service.shutdown();
    if (!service.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      service.shutdownNow();
    }
  }
}
