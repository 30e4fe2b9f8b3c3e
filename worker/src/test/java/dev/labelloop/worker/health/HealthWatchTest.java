package dev.labelloop.worker.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.campaign.CampaignHealth;
import dev.labelloop.campaign.CampaignOutcome;
import dev.labelloop.campaign.CampaignState;
import dev.labelloop.campaign.CampaignWorkflow;
import dev.labelloop.campaign.DeadlinePolicy;
import dev.labelloop.campaign.LoopSettings;
import dev.labelloop.campaign.TaskQueues;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.AmendmentRequest;
import dev.labelloop.dataset.DatasetActivities;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.ComparisonRequest;
import dev.labelloop.evaluation.EvaluationActivities;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.GateDecision;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RollBackRequest;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.ModelActivities;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.worker.StoredCampaigns;
import dev.labelloop.worker.client.CampaignProgress;
import dev.labelloop.worker.client.CampaignSummary;
import dev.labelloop.worker.client.Observer;
import dev.labelloop.worker.client.TemporalConnection;
import dev.labelloop.worker.embedded.EmbeddedStack;
import dev.labelloop.worker.temporal.Stages;
import dev.labelloop.worker.temporal.Workers;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A campaign in trouble on a real server: what its row in the list and its status say of it. */
@Timeout(180)
class HealthWatchTest {
  private static final CampaignName CAMPAIGN = new CampaignName("street");
  private static final Duration LOOK = Duration.ofMillis(300);
  private static final Duration CALM = Duration.ofSeconds(1);

  @TempDir private Path folder;
  private final Preparation preparation = new Preparation();
  private final List<AutoCloseable> closeAtTheEnd = new ArrayList<>();

  @Test
  void aCampaignTellsItsTroublesAndWhenTheyAreOver() throws Exception {
    EmbeddedStack.External noDatabase =
        new EmbeddedStack.External(null, null, "jdbc:postgresql://not/asked");
    try (EmbeddedStack stack =
            EmbeddedStack.start(
                folder.toRealPath().resolve("home"),
                noDatabase,
                EmbeddedStack.Ports.FREE,
                line -> {});
        TemporalConnection temporal =
            TemporalConnection.to(stack.endpoints().temporal(), stack.endpoints().namespace())) {
      try {
        tellTroubles(temporal);
      } finally {
        for (AutoCloseable last : closeAtTheEnd) {
          last.close();
        }
      }
    }
  }

  private void tellTroubles(TemporalConnection temporal) throws Exception {
    Observer observer = temporal.observer();
    start(temporal.client());
    CampaignProgress alone = observer.look(CAMPAIGN);
    assertThat(alone.status()).isNull();
    assertThat(alone.health()).isEqualTo(HealthJudge.unserved(TaskQueues.CAMPAIGN));

    serve(temporal, TaskQueues.CAMPAIGN, TaskQueues.DATA);
    closeAtTheEnd.add(HealthWatch.start(temporal.client(), LOOK, CALM));
    closeAtTheEnd.add(HealthWatch.start(temporal.client(), LOOK, CALM)); // of another process
    CampaignSummary retries = awaitRow(temporal, row -> row.health() == CampaignHealth.DEGRADED);
    assertThat(retries.reason())
        .isEqualTo(
            "register the images (RegisterDataset) fails again and again and is tried again:"
                + " the folder is away");
    CampaignProgress progress = observer.look(CAMPAIGN);
    assertThat(progress.health().cause()).isEqualTo("retries/RegisterDataset");
    assertThat(progress.retrying()).hasSize(1);
    assertThat(progress.retrying().get(0).lastFailure()).isEqualTo("the folder is away");

    preparation.folderIsAway = false;
    CampaignSummary unserved = awaitRow(temporal, row -> row.health() == CampaignHealth.BLOCKED);
    assertThat(unserved.reason()).startsWith("no worker serves queue predict: start one");

    preparation.holdsBack = true;
    serve(temporal, TaskQueues.PREDICT);
    CampaignSummary well = awaitRow(temporal, row -> row.health() == CampaignHealth.OK);
    assertThat(well.reason()).isNull();
    preparation.holdsBack = false;
    assertThat(temporal.campaigns().result(CAMPAIGN).get(60, TimeUnit.SECONDS).outcome())
        .isEqualTo(CampaignOutcome.TARGET_REACHED);
    // Trouble, its end, and trouble again in between: each told once, or twice at the same moment.
    assertThat(signals(temporal.client())).isBetween(3L, 8L);
  }

  private static void start(WorkflowClient client) {
    CampaignWorkflow campaign =
        client.newWorkflowStub(
            CampaignWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(CAMPAIGN.workflowId())
                .setTaskQueue(TaskQueues.CAMPAIGN)
                .build());
    LoopSettings settings =
        new LoopSettings(
            1,
            0.0,
            Duration.ofDays(1),
            DeadlinePolicy.CLOSE,
            Duration.ofDays(1)); // any mAP will do
    WorkflowClient.start(campaign::run, CampaignState.first(CAMPAIGN, settings, Amendment.NONE));
  }

  private void serve(TemporalConnection temporal, String... queues) {
    List<Object> stages = List.of(preparation);
    closeAtTheEnd.add(
        Workers.start(
            temporal.client(), Set.of(queues), new Stages(stages, stages, List.of()), null));
  }

  private static CampaignSummary awaitRow(
      TemporalConnection temporal, Predicate<CampaignSummary> wanted) throws InterruptedException {
    while (true) {
      List<CampaignSummary> rows = temporal.campaigns().list();
      if (rows.size() == 1 && wanted.test(rows.get(0))) {
        return rows.get(0);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private static long signals(WorkflowClient client) {
    return client.fetchHistory(CAMPAIGN.workflowId()).getEvents().stream()
        .filter(e -> e.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED)
        .count();
  }

  /** The stages before the first round. */
  private static final class Preparation
      implements DatasetActivities, ModelActivities, PredictionActivities, EvaluationActivities {
    volatile boolean folderIsAway = true;
    volatile boolean holdsBack;

    @Override
    public DatasetSummary registerDataset(CampaignName campaign) {
      if (folderIsAway) {
        throw new IllegalStateException("the folder is away");
      }
      return new DatasetSummary(100, 10, 0, 0, 0, 32);
    }

    @Override
    public void storeAmendment(AmendmentRequest request) {
      throw new UnsupportedOperationException("nobody amends");
    }

    @Override
    public InitialModelResult initialiseModel(CampaignName campaign) {
      return new InitialModelResult(StoredCampaigns.MODEL, 0);
    }

    @Override
    public ModelId trainModel(TrainingRequest request) {
      throw new UnsupportedOperationException("not before the first round");
    }

    @Override
    public PredictionPlan planPrediction(RoundId round) {
      throw new UnsupportedOperationException("not before the first round");
    }

    @Override
    public int liveSlots() {
      return 1;
    }

    @Override
    public ShardResult predictShard(ShardRef shard) {
      throw new UnsupportedOperationException("not before the first round");
    }

    @Override
    public ShardResult predictHoldout(HoldoutRef holdout) {
      return new ShardResult(10, 0, 0);
    }

    @Override
    public HoldoutScore evaluateModel(EvaluationRequest request) {
      while (holdsBack) {
        LockSupport.parkNanos(10_000_000);
      }
      return new HoldoutScore(0.5, 0.7);
    }

    @Override
    public GateDecision compareModels(ComparisonRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Champion rollBack(RollBackRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void recordRound(RoundRecord round) {}
  }
}
