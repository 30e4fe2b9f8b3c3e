package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.CampaignName;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.review.ReviewComplete;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Temporal's in-memory server, which skips days, with workers for hand-made stages; and a small
 * language for the stories of {@link FakeStages#CAMPAIGN}.
 */
final class CampaignServer implements AutoCloseable {
  private final FakeStages stages;
  private final TestWorkflowEnvironment server;

  CampaignServer(FakeStages stages) {
    this.stages = stages;
    server = TestWorkflowEnvironment.newInstance(options());
    server
        .newWorker(TaskQueues.CAMPAIGN)
        .registerWorkflowImplementationTypes(
            CampaignWorkflowImpl.class,
            PredictionGroupWorkflowImpl.class,
            TrainingWorkflowImpl.class);
    // A cancellation arrives with a heartbeat's answer, which would be sent every 8 s only.
    WorkerOptions soon =
        WorkerOptions.newBuilder().setMaxHeartbeatThrottleInterval(Duration.ofMillis(100)).build();
    for (String queue : List.of(TaskQueues.DATA, TaskQueues.PREDICT, TaskQueues.TRAIN)) {
      server.newWorker(queue, soon).registerActivitiesImplementations(stages);
    }
    server.start();
  }

  private static TestEnvironmentOptions options() {
    TestEnvironmentOptions.Builder options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setIdentity("test") // else the machine's name, which histories would keep
                    .build());
    List.of(
            Visibility.PHASE,
            Visibility.CAMPAIGN,
            Visibility.MODEL,
            Visibility.HEALTH,
            Visibility.HEALTH_REASON)
        .forEach(
            k ->
                options.registerSearchAttribute(
                    k.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
    List.of(Visibility.ROUND, Visibility.OPEN_BATCHES, Visibility.PREDICTED)
        .forEach(
            k ->
                options.registerSearchAttribute(
                    k.getName(), IndexedValueType.INDEXED_VALUE_TYPE_INT));
    options.registerSearchAttribute(
        Visibility.MAP.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE);
    options.registerSearchAttribute(
        Visibility.DEADLINE.getName(), IndexedValueType.INDEXED_VALUE_TYPE_DATETIME);
    return options.build();
  }

  @Override
  public void close() {
    stages.letGo();
    server.close();
  }

  WorkflowClient client() {
    return server.getWorkflowClient();
  }

  /** What the last run of a workflow has left. */
  List<HistoryEvent> events(String workflowId) {
    return client().fetchHistory(workflowId).getEvents();
  }

  /** Lets this time pass. */
  void sleep(Duration time) {
    server.sleep(time);
  }

  Instant now() {
    return Instant.ofEpochMilli(server.currentTimeMillis());
  }

  /** People have three days for a review, and are reminded daily. */
  static LoopSettings settings(int rounds, DeadlinePolicy onDeadline) {
    return new LoopSettings(rounds, null, Duration.ofDays(3), onDeadline, Duration.ofDays(1));
  }

  /** What a campaign's run of round 2 of 3 begins with. */
  static CampaignState secondRound(Amendment amended) {
    Champion champion = new Champion(FakeStages.challenger(1), new HoldoutScore(0.25, 0.5), true);
    return new CampaignState(
        FakeStages.CAMPAIGN,
        settings(3, DeadlinePolicy.CLOSE),
        2,
        null,
        FakeStages.INITIAL,
        champion,
        false,
        amended);
  }

  /** A campaign that is still to be started. */
  CampaignWorkflow fresh(CampaignName name) {
    return client()
        .newWorkflowStub(
            CampaignWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(name.workflowId())
                .setTaskQueue(TaskQueues.CAMPAIGN)
                .setWorkflowIdConflictPolicy(
                    WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .build());
  }

  CampaignWorkflow begin(int rounds, DeadlinePolicy onDeadline) {
    return begin(FakeStages.CAMPAIGN, settings(rounds, onDeadline));
  }

  CampaignWorkflow begin(CampaignName name, LoopSettings settings) {
    WorkflowClient.start(fresh(name)::run, CampaignState.first(name, settings, Amendment.NONE));
    // A stub without a run follows the campaign over its rounds.
    return client().newWorkflowStub(CampaignWorkflow.class, name.workflowId());
  }

  static CampaignResult result(CampaignWorkflow campaign) {
    return WorkflowStub.fromTyped(campaign).getResult(CampaignResult.class);
  }

  void awaitReview(int round) throws InterruptedException {
    awaitReview(new RoundId(FakeStages.CAMPAIGN, round));
  }

  /**
   * Returns once the campaign rests in the review of a round: it waits for its clock or a message.
   *
   * <p>The in-memory server takes messages ill at other times: a query that meets continue-as-new
   * leaves the run before open, and days are no longer skipped; an activity that ends while its
   * cancellation is on the way stops the workflow.
   */
  void awaitReview(RoundId round) throws InterruptedException {
    stages.awaitLook(round);
    while (!waitsForItsClock(events(round.campaign().workflowId()))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static boolean waitsForItsClock(List<HistoryEvent> events) {
    return events.get(events.size() - 1).hasTimerStartedEventAttributes();
  }

  static ReviewComplete batch(int round, int index) {
    return new ReviewComplete(new RoundId(FakeStages.CAMPAIGN, round).batch(index));
  }

  /** Completes both batches of a round. */
  static void complete(CampaignWorkflow campaign, int round) {
    campaign.completeReview(batch(round, 0));
    campaign.completeReview(batch(round, 1));
  }

  static void assertRefused(ThrowingCallable update, String why) {
    assertThatThrownBy(update)
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining(why);
  }
}
