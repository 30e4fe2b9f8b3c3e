package dev.labelloop.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.review.ReviewComplete;
import dev.labelloop.review.ReviewProgress;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.BatchRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop on Temporal's in-memory server, which skips days; the stages are hand-made. */
@Timeout(60)
class CampaignWorkflowTest {
  private final FakeStages stages = new FakeStages();
  private TestWorkflowEnvironment server;

  private int maxRounds = 3;
  private Double targetMap;
  private DeadlinePolicy onDeadline = DeadlinePolicy.CLOSE;

  @BeforeEach
  void start() {
    server = startServer(stages);
  }

  static TestWorkflowEnvironment startServer(FakeStages stages) {
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
    TestWorkflowEnvironment server = TestWorkflowEnvironment.newInstance(options.build());
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
    return server;
  }

  @AfterEach
  void stop() {
    stages.trainForever = false;
    server.close();
  }

  @Test
  void goesRoundThreeTimesAndKeepsTheBest() {
    CampaignResult result = run();

    assertThat(result.outcome()).isEqualTo(CampaignOutcome.COMPLETED);
    assertThat(result.rounds()).isEqualTo(3);
    assertThat(result.champion().model()).isEqualTo(FakeStages.challenger(3));
    assertThat(stages.records).extracting(r -> r.round().number()).containsExactly(0, 1, 2, 3);
    assertThat(stages.records.subList(1, 4)).allMatch(RoundRecord::promoted);
    assertThat(stages.shardsPredicted).hasValue(12); // 4 shards, 3 rounds
  }

  @Test
  void trainsEveryRoundFromTheInitialModel() {
    run();

    assertThat(stages.trainings).hasSize(3).allMatch(t -> t.start().equals(FakeStages.INITIAL));
  }

  @Test
  void keepsTheChampionWhenTheGainIsTooSmall() {
    stages.maps = new double[] {0.3, 0.33, 0.45};
    stages.margin = 0.05; // 0.1 → 0.3 promoted, 0.3 → 0.33 kept, 0.3 → 0.45 promoted

    run();

    assertThat(stages.records)
        .extracting(RoundRecord::promoted)
        .containsExactly(false, true, false, true);
    assertThat(stages.records.get(2).champion()).isEqualTo(FakeStages.challenger(1));
  }

  @Test
  void stopsAtTheTarget() {
    targetMap = 0.25; // round 2 reaches 0.3

    CampaignResult result = run();

    assertThat(result.outcome()).isEqualTo(CampaignOutcome.TARGET_REACHED);
    assertThat(result.rounds()).isEqualTo(2);
  }

  @Test
  void stopsWhenNoImageIsLeftToAsk() {
    stages.batches = 0;

    CampaignResult result = run();

    assertThat(result.outcome()).isEqualTo(CampaignOutcome.COMPLETED);
    assertThat(result.rounds()).isZero();
    assertThat(stages.trainings).isEmpty();
  }

  @Test
  void doesNotPredictWithAModelThatKnowsNothing() {
    stages.knownClasses = 0;
    maxRounds = 2;

    run();

    assertThat(stages.selections).extracting(s -> s.predicted()).containsExactly(false, true);
    assertThat(stages.shardsPredicted).hasValue(4); // round 2 only
  }

  @Test
  void trainsNothingWithoutALabel() {
    stages.boxes = 0;
    maxRounds = 1;

    CampaignResult result = run();

    assertThat(stages.trainings).isEmpty();
    assertThat(result.champion().model()).isEqualTo(FakeStages.INITIAL);
    assertThat(stages.records.get(1).challenger()).isNull();
  }

  @Test
  void letsPeopleLabelTheHoldoutFirst() throws Exception {
    stages.holdoutToLabel = 20;
    stages.answersAtOnce = false;
    maxRounds = 1;
    CampaignWorkflow campaign = begin();
    awaitReview(0);

    assertThat(campaign.status().round()).isZero();
    stages.answersAtOnce = true; // for round 1
    complete(campaign, 0, 0);
    complete(campaign, 0, 1);

    assertThat(result(campaign).rounds()).isEqualTo(1);
  }

  @Test
  void findsAnswersWhoseMessageWasLost() {
    stages.answersAtOnce = false;
    stages.answeredFromCollect = 3; // the second look after publishing, hours later
    maxRounds = 1;

    assertThat(run().outcome()).isEqualTo(CampaignOutcome.COMPLETED);
    assertThat(stages.closed).isEmpty();
    assertThat(stages.reviewsClosed).hasValue(0);
  }

  @Test
  void goesOnWithWhatIsThereAtTheDeadline() {
    stages.answersAtOnce = false;
    maxRounds = 1;

    assertThat(run().rounds()).isEqualTo(1);
    assertThat(stages.reviewsClosed).hasValue(1);
  }

  @Test
  void waitsAsLongAgainIfToldTo() {
    stages.answersAtOnce = false;
    onDeadline = DeadlinePolicy.EXTEND;
    stages.answeredFromCollect = 100; // hourly looks: after the first deadline of 3 days
    maxRounds = 1;

    assertThat(run().rounds()).isEqualTo(1);
    assertThat(stages.reviewsClosed).hasValue(0);
  }

  @Test
  void failsAtTheDeadlineIfToldTo() {
    stages.answersAtOnce = false;
    onDeadline = DeadlinePolicy.FAIL;

    assertThatThrownBy(this::run)
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .hasMessageContaining("2 of 2 batches are open")
        .hasMessageContaining(FinalFailure.REVIEW_OVERDUE);
  }

  @Test
  void signalsEndTheReviewBatchByBatch() throws Exception {
    stages.answersAtOnce = false;
    maxRounds = 1;
    CampaignWorkflow campaign = begin();
    awaitReview(1);

    campaign.reviewComplete(batch(1, 1));
    campaign.reviewComplete(batch(1, 1)); // again
    campaign.reviewComplete(batch(7, 0)); // of a round to come
    campaign.reviewComplete(batch(1, 99)); // unknown
    campaign.reviewComplete(new ReviewComplete(new BatchId("other/r1/b0")));
    campaign.reviewComplete(batch(1, 0));

    assertThat(result(campaign).rounds()).isEqualTo(1);
    assertThat(stages.closed).containsExactly("street/r1/b1", "street/r1/b0");
  }

  @Test
  void aSignalBeforeTheSelectionClosesNothing() throws Exception {
    stages.holdoutToLabel = 20;
    stages.answersAtOnce = false;
    CampaignWorkflow campaign =
        server.getWorkflowClient().newWorkflowStub(CampaignWorkflow.class, options());

    // The message is handled before the run's own first step.
    BatchRequest request = server.getWorkflowClient().newSignalWithStartRequest();
    request.add(
        campaign::run, CampaignState.first(FakeStages.CAMPAIGN, settings(), Amendment.NONE));
    request.add(campaign::reviewComplete, batch(0, 0));
    server.getWorkflowClient().signalWithStart(request);
    awaitReview(0);
    complete(campaign, 0, 1);

    assertThat(stages.closed).containsExactly("street/r0/b1");
  }

  @Test
  void updatesAreCheckedAndAnswered() throws Exception {
    stages.answersAtOnce = false;
    maxRounds = 2;
    CampaignWorkflow campaign = begin();
    awaitReview(1);

    assertThat(campaign.completeReview(batch(1, 0)).openBatches()).isEqualTo(1);
    assertThat(campaign.completeReview(batch(1, 0)).openBatches()).isEqualTo(1); // no-op
    refused(campaign, batch(2, 0), "not under review");
    refused(campaign, batch(1, 2), "not under review");
    refused(campaign, new ReviewComplete(new BatchId("other/r1/b0")), "not of campaign");
    assertThat(campaign.completeReview(batch(1, 1)).openBatches()).isZero();
    awaitReview(2);
    assertThat(campaign.completeReview(batch(1, 1))).isEqualTo(new ReviewProgress(0, 0, 0, 0));
    assertThat(stages.closed).containsExactly("street/r1/b0", "street/r1/b1");
  }

  @Test
  void aPauseHoldsTheNextPhase() throws Exception {
    stages.answersAtOnce = false;
    maxRounds = 1;
    CampaignWorkflow campaign = begin();
    awaitReview(1);
    assertThat(campaign.pause().paused()).isTrue();
    complete(campaign, 1, 0);
    complete(campaign, 1, 1);

    assertThat(campaign.status().phase()).isEqualTo(CampaignPhase.AWAITING_REVIEW);
    assertThat(stages.trainings).isEmpty();
    campaign.resume();
    assertThat(result(campaign).rounds()).isEqualTo(1);
  }

  @Test
  void finishEndsTheWaitForPeople() throws Exception {
    stages.answersAtOnce = false;
    CampaignWorkflow campaign = begin();
    awaitReview(1);

    campaign.finish();

    CampaignResult result = result(campaign);
    assertThat(result.outcome()).isEqualTo(CampaignOutcome.FINISHED);
    assertThat(result.rounds()).isZero();
    assertThat(result.champion().model()).isEqualTo(FakeStages.INITIAL);
    assertThat(stages.reviewsClosed).as("nobody goes on answering for nothing").hasValue(1);
  }

  @Test
  void finishBeforeTheFirstStepOfARoundBeginsNone() {
    Champion champion = new Champion(FakeStages.challenger(1), new HoldoutScore(0.25, 0.5), true);
    CampaignState secondRound =
        new CampaignState(
            FakeStages.CAMPAIGN,
            settings(),
            2,
            null,
            FakeStages.INITIAL,
            champion,
            false,
            Amendment.NONE);
    CampaignWorkflow campaign =
        server.getWorkflowClient().newWorkflowStub(CampaignWorkflow.class, options());

    // The message is handled before the run's own first step.
    WorkflowClient.executeUpdateWithStart(
        campaign::finish,
        UpdateOptions.<CampaignStatus>newBuilder().build(),
        new WithStartWorkflowOperation<>(campaign::run, secondRound));

    assertThat(result(campaign).outcome()).isEqualTo(CampaignOutcome.FINISHED);
    assertThat(stages.shardsPredicted).hasValue(0);
    assertThat(stages.trainings).isEmpty();
  }

  private static WorkflowOptions options() {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(FakeStages.CAMPAIGN.workflowId())
        .setTaskQueue(TaskQueues.CAMPAIGN)
        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
        .build();
  }

  @Test
  void finishStopsATraining() throws Exception {
    stages.trainForever = true;
    CampaignWorkflow campaign = begin();
    stages.training.await();

    campaign.finish();

    assertThat(result(campaign).outcome()).isEqualTo(CampaignOutcome.FINISHED);
  }

  @Test
  void aFailedTrainingIsTriedAgain() {
    stages.failTrainings = 3;
    maxRounds = 1;

    assertThat(run().champion().model()).isEqualTo(FakeStages.challenger(1));
    assertThat(stages.trainings).hasSize(4);
  }

  @Test
  void aLargePoolGoesThroughGroupsInAWindow() {
    stages.shards = 501; // one more than a group holds
    stages.slots = 5;
    maxRounds = 1;

    run();

    assertThat(stages.shardsPredicted).hasValue(501);
    assertThat(stages.mostInFlight.get()).isLessThanOrEqualTo(2 * 2 * 5); // two groups
    assertThat(events("campaign/street/r1/predict/g0")).hasSizeLessThan(4096);
    assertThat(events("campaign/street/r1/predict/g1")).hasSizeLessThan(30);
  }

  private List<HistoryEvent> events(String workflowId) {
    return server.getWorkflowClient().fetchHistory(workflowId).getEvents();
  }

  // A small language for the stories above

  private CampaignWorkflow begin() {
    return begin(server, settings());
  }

  static CampaignWorkflow begin(TestWorkflowEnvironment server, LoopSettings settings) {
    return begin(server, FakeStages.CAMPAIGN, settings);
  }

  static CampaignWorkflow begin(
      TestWorkflowEnvironment server, CampaignName name, LoopSettings settings) {
    CampaignWorkflow campaign =
        server
            .getWorkflowClient()
            .newWorkflowStub(
                CampaignWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(name.workflowId())
                    .setTaskQueue(TaskQueues.CAMPAIGN)
                    .build());
    WorkflowClient.start(campaign::run, CampaignState.first(name, settings, Amendment.NONE));
    // A stub without a run follows the campaign over its rounds.
    return server.getWorkflowClient().newWorkflowStub(CampaignWorkflow.class, name.workflowId());
  }

  private LoopSettings settings() {
    return new LoopSettings(
        maxRounds, targetMap, Duration.ofDays(3), onDeadline, Duration.ofDays(1));
  }

  private CampaignResult run() {
    return result(begin());
  }

  static CampaignResult result(CampaignWorkflow campaign) {
    return WorkflowStub.fromTyped(campaign).getResult(CampaignResult.class);
  }

  private void awaitReview(int round) throws InterruptedException {
    awaitReview(server, stages, new RoundId(FakeStages.CAMPAIGN, round));
  }

  /**
   * Returns once the campaign rests in the review of a round: it waits for its clock or a message.
   *
   * <p>The in-memory server takes messages ill at other times: a query that meets continue-as-new
   * leaves the run before open, and days are no longer skipped; an activity that ends while its
   * cancellation is on the way stops the workflow.
   */
  static void awaitReview(TestWorkflowEnvironment server, FakeStages stages, RoundId round)
      throws InterruptedException {
    stages.awaitLook(round);
    while (!waitsForItsClock(server, round)) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static boolean waitsForItsClock(TestWorkflowEnvironment server, RoundId round) {
    List<HistoryEvent> events =
        server.getWorkflowClient().fetchHistory(round.campaign().workflowId()).getEvents();
    return events.get(events.size() - 1).hasTimerStartedEventAttributes();
  }

  private static void complete(CampaignWorkflow campaign, int round, int batch) {
    campaign.completeReview(batch(round, batch));
  }

  private static void refused(CampaignWorkflow campaign, ReviewComplete batch, String why) {
    assertThatThrownBy(() -> campaign.completeReview(batch))
        .isInstanceOf(WorkflowUpdateException.class)
        .cause()
        .hasMessageContaining(why);
  }

  static ReviewComplete batch(int round, int index) {
    return new ReviewComplete(new RoundId(FakeStages.CAMPAIGN, round).batch(index));
  }
}
