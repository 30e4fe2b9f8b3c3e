package dev.labelloop.campaign;

import dev.labelloop.dataset.Amendment;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Records the histories that {@link ReplayTest} replays, from the in-memory server.
 *
 * <p>Recording anew says that campaigns that run today may break: it is for a release that begins
 * afresh, or to add a story. What is to run on is changed under {@code Workflow.getVersion}, and
 * the old histories stay.
 */
final class HistoryRecorder {
  /** The next window opens before the group ends. */
  private static final int SHARDS = ShardWindow.UNKNOWN + 4;

  private static final String CAMPAIGN = FakeStages.CAMPAIGN.workflowId();

  private final Path folder;

  private HistoryRecorder(Path folder) {
    this.folder = folder;
  }

  /** Writes every story's histories into a folder: the one argument. */
  public static void main(String[] args) throws Exception {
    HistoryRecorder recorder = new HistoryRecorder(Files.createDirectories(Path.of(args[0])));
    recorder.fromTheFirstRunToTheLast();
    recorder.inTheMiddleOfTheReview();
    recorder.finishedWhileTraining();
    recorder.amendedInTheReview();
    recorder.rolledBackInTheReview();
    recorder.heldWhilePredicting();
    recorder.failedForGood();
  }

  private void fromTheFirstRunToTheLast() throws IOException {
    FakeStages stages = new FakeStages();
    stages.holdoutToLabel = 20;
    stages.shards = SHARDS;
    try (CampaignServer server = new CampaignServer(stages)) {
      CampaignServer.result(begin(server));
      List<WorkflowExecutionHistory> runs = Histories.runs(server.client(), CAMPAIGN);
      write("campaign-prepare", runs.get(0));
      write("campaign-round", runs.get(1));
      write("campaign-last-round", runs.get(2));
      write("prediction-group", last(server, CAMPAIGN + "/r1/predict/g0"));
      write("training", last(server, CAMPAIGN + "/r1/train"));
    }
  }

  private void inTheMiddleOfTheReview() throws Exception {
    FakeStages stages = FakeStages.unanswered();
    try (CampaignServer server = new CampaignServer(stages)) {
      CampaignWorkflow campaign = begin(server);
      server.awaitReview(1);
      campaign.reviewComplete(CampaignServer.batch(7, 0)); // of a round to come
      server.sleep(Duration.ofMinutes(150)); // two looks
      campaign.pause();
      campaign.resume();
      campaign.completeReview(CampaignServer.batch(1, 0));
      write("campaign-awaiting-review", last(server, CAMPAIGN));
    }
  }

  private void finishedWhileTraining() throws Exception {
    FakeStages stages = new FakeStages();
    stages.trainForever = true;
    try (CampaignServer server = new CampaignServer(stages)) {
      CampaignWorkflow campaign = begin(server);
      stages.training.await();
      campaign.finish();
      CampaignServer.result(campaign);
      write("campaign-finished", last(server, CAMPAIGN));
      write("training-cancelled", last(server, CAMPAIGN + "/r1/train"));
    }
  }

  private void amendedInTheReview() throws Exception {
    FakeStages stages = FakeStages.unanswered();
    try (CampaignServer server = new CampaignServer(stages)) {
      CampaignWorkflow campaign = begin(server);
      server.awaitReview(1);
      campaign.amend(new Amendment(0.05, Duration.ofDays(1), null, 1)); // this round is the last
      CampaignServer.complete(campaign, 1);
      CampaignServer.result(campaign);
      write("campaign-amended", last(server, CAMPAIGN));
    }
  }

  private void rolledBackInTheReview() throws Exception {
    FakeStages stages = FakeStages.unanswered();
    try (CampaignServer server = new CampaignServer(stages)) {
      CampaignWorkflow campaign = begin(server);
      for (int round = 1; round <= 2; round++) {
        server.awaitReview(round);
        if (round == 2) {
          campaign.rollBack();
        }
        CampaignServer.complete(campaign, round);
      }
      CampaignServer.result(campaign);
      write("campaign-rolled-back", last(server, CAMPAIGN));
    }
  }

  private void heldWhilePredicting() throws Exception {
    FakeStages stages = new FakeStages();
    stages.shards = SHARDS;
    stages.predictForever = true;
    try (CampaignServer server = new CampaignServer(stages)) {
      CampaignWorkflow campaign = begin(server);
      stages.predicting.await();
      campaign.pause();
      stages.predictForever = false;
      campaign.resume();
      CampaignServer.result(campaign);
      List<WorkflowExecutionHistory> runs = Histories.runs(server.client(), CAMPAIGN);
      write("campaign-held", runs.get(1));
      write("prediction-group-held", last(server, CAMPAIGN + "/r1/predict/g0"));
    }
  }

  private void failedForGood() throws Exception {
    FakeStages stages = new FakeStages();
    stages.failShard = 2;
    try (CampaignServer server = new CampaignServer(stages)) {
      CampaignWorkflow campaign = begin(server);
      try {
        CampaignServer.result(campaign);
        throw new AssertionError("a shard that fails for good fails its campaign");
      } catch (WorkflowFailedException expected) {
        write("campaign-failed", last(server, CAMPAIGN));
        write("prediction-group-failed", last(server, CAMPAIGN + "/r1/predict/g0"));
      }
    }
  }

  private static CampaignWorkflow begin(CampaignServer server) {
    return server.begin(
        FakeStages.CAMPAIGN,
        new LoopSettings(2, 0.9, Duration.ofDays(3), DeadlinePolicy.CLOSE, Duration.ofHours(2)));
  }

  private static WorkflowExecutionHistory last(CampaignServer server, String workflowId) {
    return server.client().fetchHistory(workflowId);
  }

  private void write(String name, WorkflowExecutionHistory history) throws IOException {
    Files.writeString(folder.resolve(name + ".json"), history.toJson(true) + "\n");
  }
}
