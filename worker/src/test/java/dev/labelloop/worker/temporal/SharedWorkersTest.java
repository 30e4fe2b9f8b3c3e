package dev.labelloop.worker.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.campaign.StageOptions;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.prediction.GroupRequest;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.PredictionGroupWorkflow;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.prediction.ShardProgress;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.RealServers;
import dev.labelloop.worker.client.TemporalConnection;
import io.temporal.activity.Activity;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several campaigns and one worker, on a real server. */
@Timeout(180)
class SharedWorkersTest {
  private static final CampaignName HUGE = new CampaignName("huge");
  private static final CampaignName SMALL = new CampaignName("small");
  private static final int HUGE_SHARDS = 200;

  /** Of 1,000 images: 62 a shard. */
  private static final int SMALL_SHARDS = 16;

  private static final ModelId MODEL = new ModelId(Sha256.hex(new byte[] {1}));

  @TempDir static Path folder;
  private static RealServers servers;
  private static TemporalConnection temporal;

  /** Whose shards were predicted, in order. */
  private final List<CampaignName> predicted = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void startServers() throws Exception {
    Path home = folder.toRealPath().resolve("home");
    servers = RealServers.start(home);
    Endpoints endpoints = servers.fresh();
    temporal = TemporalConnection.to(endpoints.temporal(), endpoints.namespace());
  }

  @AfterAll
  static void stopServers() {
    temporal.close();
    servers.close();
  }

  @Test
  void aSmallCampaignIsNotStarvedByAHugeOneBeforeIt() throws Exception {
    Workers workers = start();
    try {
      CompletableFuture<ShardResult> huge = predict(HUGE, HUGE_SHARDS);
      await(() -> predicted.size() >= 10);

      int before = predicted.size();
      predict(SMALL, SMALL_SHARDS).get(2, TimeUnit.MINUTES);

      // All shards cost the same here, so counting them is measuring time without its noise.
      assertThat(predicted.size() - before).isLessThanOrEqualTo(3 * SMALL_SHARDS);
      assertThat(huge).isNotDone();
      assertThat(predicted).filteredOn(SMALL::equals).hasSize(SMALL_SHARDS);
      temporal.client().newUntypedWorkflowStub(group(HUGE, HUGE_SHARDS).workflowId()).terminate("");
    } finally {
      workers.close();
    }
  }

  @Test
  void countsTheSlotsOfWorkersThatLive() throws Exception {
    Workers workers = start();
    await(() -> temporal.workers().count() == 1);
    workers.close();
    await(() -> temporal.workers().count() == 0);
  }

  private Workers start() {
    return Workers.start(
        temporal.client(),
        Set.of(TaskQueues.CAMPAIGN, TaskQueues.DATA, TaskQueues.PREDICT),
        new Stages(List.of(new Counted()), List.of(new Counted()), List.of()),
        null);
  }

  private static CompletableFuture<ShardResult> predict(CampaignName campaign, int shards) {
    GroupRequest group = group(campaign, shards);
    PredictionGroupWorkflow workflow =
        temporal
            .client()
            .newWorkflowStub(
                PredictionGroupWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(group.workflowId())
                    .setTaskQueue(TaskQueues.CAMPAIGN)
                    .setPriority(new StageOptions(campaign).campaign())
                    .build());
    return WorkflowClient.execute(workflow::predictGroup, group);
  }

  private static GroupRequest group(CampaignName campaign, int shards) {
    return new GroupRequest(new RoundId(campaign, 1), 0, 0, shards, MODEL, shards);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      TimeUnit.MILLISECONDS.sleep(200); // a server answers ten questions for workers a second
    }
  }

  /** Shards that take a moment and find nothing. */
  private final class Counted implements PredictionActivities {
    @Override
    public PredictionPlan planPrediction(RoundId round) {
      throw new UnsupportedOperationException("the groups are made by the test");
    }

    @Override
    public int liveSlots() {
      return HUGE_SHARDS; // the worst case: all of the huge one's shards are queued at once
    }

    @Override
    public ShardResult predictShard(ShardRef shard) {
      predicted.add(shard.round().campaign());
      Activity.getExecutionContext().heartbeat(new ShardProgress(0, 62, 0));
      sleep();
      return new ShardResult(62, 0, 0);
    }

    @Override
    public ShardResult predictHoldout(HoldoutRef holdout) {
      throw new UnsupportedOperationException("nothing is measured here");
    }

    private static void sleep() {
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
