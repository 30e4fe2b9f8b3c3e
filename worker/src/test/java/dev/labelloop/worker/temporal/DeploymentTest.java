package dev.labelloop.worker.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.campaign.CampaignResult;
import dev.labelloop.campaign.CampaignState;
import dev.labelloop.campaign.CampaignWorkflow;
import dev.labelloop.campaign.DeadlinePolicy;
import dev.labelloop.campaign.LoopSettings;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.core.CampaignName;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.RealServers;
import dev.labelloop.worker.client.TemporalConnection;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** New builds come while a campaign of three rounds runs, on a real server. */
@Timeout(180)
class DeploymentTest {
  private static final Build A = new Build(Build.DEPLOYMENT, "1.0");
  private static final Build B = new Build(Build.DEPLOYMENT, "1.1");
  private static final CampaignName CAMPAIGN = new CampaignName("street");
  private static final int ROUNDS = 3;

  @TempDir private static Path folder;
  private static RealServers servers;

  private final CountDownLatch firstRoundPredicts = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final List<Workers> started = new ArrayList<>();
  private TemporalConnection temporal;

  @BeforeAll
  static void startServers() {
    servers = RealServers.start(folder.resolve("home"));
  }

  @AfterAll
  static void stopServers() {
    servers.close();
  }

  @BeforeEach
  void connect() throws Exception {
    Endpoints endpoints = servers.fresh();
    temporal = TemporalConnection.to(endpoints.temporal(), endpoints.namespace());
  }

  @AfterEach
  void disconnect() {
    started.forEach(Workers::close);
    temporal.close();
  }

  @Test
  void endsTheRoundOnTheOldBuildAndTheCampaignOnTheNew() throws Exception {
    startWorkers(A);
    makeCurrent(A);
    WorkflowStub campaign = start();
    firstRoundPredicts.await();
    startWorkers(B);
    makeCurrent(B);
    goOn.countDown();
    assertThat(campaign.getResult(CampaignResult.class).rounds()).isEqualTo(ROUNDS);

    // A run each: preparation, then rounds 1 to 3. B became current in the midst of round 1.
    assertThat(builds("campaign/street")).containsExactly("1.0", "1.0", "1.1", "1.1");
    assertThat(builds("campaign/street/r1/predict/g0")).containsExactly("1.0");
    assertThat(builds("campaign/street/r1/train")).containsExactly("1.0");
    assertThat(builds("campaign/street/r2/predict/g0")).containsExactly("1.1");
    assertThat(builds("campaign/street/r3/train")).containsExactly("1.1");
  }

  @Test
  void takesOverACampaignFromBeforeBuildsWereToldApart() throws Exception {
    Workers untold = startWorkers(null);
    WorkflowStub campaign = start();
    firstRoundPredicts.await();
    goOn.countDown(); // the shard ends before its worker does
    untold.close();
    startWorkers(A);
    makeCurrent(A);

    assertThat(campaign.getResult(CampaignResult.class).rounds()).isEqualTo(ROUNDS);
    assertThat(builds("campaign/street")).hasSize(1 + ROUNDS).endsWith("1.0");
  }

  @Test
  void refusesABuildThatNobodyServes() throws Exception {
    startWorkers(A);
    makeCurrent(A);

    assertThat(CurrentBuild.set(temporal.client(), B)).isPresent();
  }

  private Workers startWorkers(@Nullable Build build) {
    return startWorkers(build, Set.copyOf(Workers.QUEUES));
  }

  private Workers startWorkers(@Nullable Build build, Set<String> queues) {
    MadeUpStages stages = new MadeUpStages(1, this::predict);
    Workers workers = Workers.start(temporal.client(), queues, stages.all(), build);
    started.add(workers);
    return workers;
  }

  private void predict(ShardRef shard) {
    if (shard.round().number() == 1) {
      firstRoundPredicts.countDown();
      await(goOn);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void makeCurrent(Build build) throws InterruptedException {
    while (CurrentBuild.set(temporal.client(), build).isPresent()) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private WorkflowStub start() {
    CampaignWorkflow campaign =
        temporal
            .client()
            .newWorkflowStub(
                CampaignWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(CAMPAIGN.workflowId())
                    .setTaskQueue(TaskQueues.CAMPAIGN)
                    .build());
    LoopSettings settings =
        new LoopSettings(
            ROUNDS, null, Duration.ofDays(7), DeadlinePolicy.EXTEND, Duration.ofDays(1));
    WorkflowClient.start(campaign::run, CampaignState.first(CAMPAIGN, settings, Amendment.NONE));
    return WorkflowStub.fromTyped(campaign);
  }

  /** The builds that served the runs of a workflow, the oldest run first. */
  private List<String> builds(String workflowId) throws InterruptedException {
    List<WorkflowExecutionMetadata> runs = runs(workflowId);
    while (runs.isEmpty() || runs.stream().anyMatch(run -> run.getCloseTime() == null)) {
      TimeUnit.MILLISECONDS.sleep(100); // the list is a moment late
      runs = runs(workflowId);
    }
    return runs.stream().map(run -> build(run.getExecution())).toList();
  }

  private List<WorkflowExecutionMetadata> runs(String workflowId) {
    try (Stream<WorkflowExecutionMetadata> runs =
        temporal.client().listExecutions("WorkflowId = '" + workflowId + "'")) {
      return runs.sorted(Comparator.comparing(WorkflowExecutionMetadata::getStartTime)).toList();
    }
  }

  private String build(WorkflowExecution run) {
    return temporal
        .client()
        .newUntypedWorkflowStub(
            WorkflowTargetOptions.newBuilder().setWorkflowExecution(run).build())
        .describe()
        .getWorkflowExecutionInfo()
        .getVersioningInfo()
        .getDeploymentVersion()
        .getBuildId();
  }
}
