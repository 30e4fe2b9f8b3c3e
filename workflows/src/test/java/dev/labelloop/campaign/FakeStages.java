package dev.labelloop.campaign;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.FinalFailure;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.core.TrainingSetId;
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
import dev.labelloop.label.LabelActivities;
import dev.labelloop.label.LabelResult;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.ModelActivities;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionActivities;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.review.Reminder;
import dev.labelloop.review.ReviewActivities;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.selection.SelectionActivities;
import dev.labelloop.selection.SelectionRequest;
import dev.labelloop.selection.SelectionResult;
import dev.labelloop.trainingset.TrainingSetActivities;
import dev.labelloop.trainingset.TrainingSetRef;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Every stage, made by hand: a small campaign in memory that a test can bend. */
final class FakeStages
    implements DatasetActivities,
        PredictionActivities,
        SelectionActivities,
        ReviewActivities,
        LabelActivities,
        TrainingSetActivities,
        ModelActivities,
        EvaluationActivities {
  static final CampaignName CAMPAIGN = new CampaignName("street");
  static final ModelId INITIAL = new ModelId(hash("initial"));

  final List<RoundRecord> records = new CopyOnWriteArrayList<>();

  /** Those before the present one, and it. */
  final List<Champion> champions = new CopyOnWriteArrayList<>();

  /** Gain in mAP from which the gate promotes. */
  double margin;

  final List<Amendment> amendments = new CopyOnWriteArrayList<>();

  /** At each selection, how many amendments were stored by then. */
  final List<Integer> amendedBefore = new CopyOnWriteArrayList<>();

  final List<SelectionRequest> selections = new CopyOnWriteArrayList<>();
  final List<String> closed = new CopyOnWriteArrayList<>();
  final List<TrainingRequest> trainings = new CopyOnWriteArrayList<>();
  final AtomicInteger shardsPredicted = new AtomicInteger();
  final AtomicInteger shardsInFlight = new AtomicInteger();
  final AtomicInteger mostInFlight = new AtomicInteger();
  final AtomicInteger collects = new AtomicInteger();
  final List<Reminder> reminders = new CopyOnWriteArrayList<>();
  final AtomicInteger reviewsClosed = new AtomicInteger();
  private final Set<RoundId> looked = new HashSet<>();
  private final Set<BatchId> open = ConcurrentHashMap.newKeySet();

  int knownClasses = 3;
  int shards = 4;
  int slots = 16;
  int batches = 2;
  int holdoutToLabel;
  int boxes = 100;

  /** People answer at once; else only when a batch is closed. */
  boolean answersAtOnce = true;

  /** From this collect on, every batch is answered though nobody said so. */
  int answeredFromCollect = Integer.MAX_VALUE;

  /** mAP of the challenger of each round, from round 1; the initial model has 0.1. */
  double[] maps = {0.2, 0.3, 0.4, 0.5};

  volatile boolean remindersFail;
  int failTrainings;
  @Nullable RuntimeException trainingFailure;

  /** Fails for good. */
  int failShard = -1;

  volatile boolean predictForever;
  final CountDownLatch predicting = new CountDownLatch(1);
  volatile boolean selectForever;
  final CountDownLatch selecting = new CountDownLatch(1);
  volatile boolean trainForever;
  final CountDownLatch training = new CountDownLatch(1);

  /** Stages whose people do not answer at once. */
  static FakeStages unanswered() {
    FakeStages stages = new FakeStages();
    stages.answersAtOnce = false;
    return stages;
  }

  /** Ends whatever a test made to go on forever. */
  void letGo() {
    predictForever = false;
    selectForever = false;
    trainForever = false;
  }

  static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  static ModelId challenger(int round) {
    return new ModelId(hash("challenger " + round));
  }

  @Override
  public DatasetSummary registerDataset(CampaignName campaign) {
    return new DatasetSummary(1000, 100, holdoutToLabel, 0, 0, 100);
  }

  @Override
  public void storeAmendment(AmendmentRequest request) {
    amendments.add(request.amendment());
  }

  @Override
  public PredictionPlan planPrediction(RoundId round) {
    return new PredictionPlan(1000, shards);
  }

  @Override
  public int liveSlots() {
    return slots;
  }

  @Override
  public ShardResult predictShard(ShardRef shard) {
    mostInFlight.accumulateAndGet(shardsInFlight.incrementAndGet(), Math::max);
    shardsPredicted.incrementAndGet();
    predicting.countDown();
    while (predictForever) {
      pause();
    }
    if (shard.shard() == failShard) {
      throw ApplicationFailure.newNonRetryableFailure("no such model", FinalFailure.BAD_MODEL);
    }
    shardsInFlight.decrementAndGet();
    return new ShardResult(100, 300, 0);
  }

  @Override
  public ShardResult predictHoldout(HoldoutRef holdout) {
    return new ShardResult(100, 300, 0);
  }

  @Override
  public SelectionResult selectImages(SelectionRequest request) {
    selecting.countDown();
    while (selectForever) {
      pause();
    }
    selections.add(request);
    amendedBefore.add(amendments.size());
    return publishable(request.round());
  }

  @Override
  public SelectionResult selectHoldout(RoundId round) {
    return publishable(round);
  }

  private SelectionResult publishable(RoundId round) {
    open.clear();
    for (int i = 0; i < batches; i++) {
      open.add(round.batch(i));
    }
    return new SelectionResult(10 * batches, batches, 8 * batches, batches, batches);
  }

  @Override
  public ReviewProgress publishReview(RoundId round) {
    return progress();
  }

  @Override
  public ReviewProgress collectReview(RoundId round) {
    noteLook(round);
    if (collects.incrementAndGet() >= answeredFromCollect || answersAtOnce) {
      open.clear();
    }
    return progress();
  }

  private synchronized void noteLook(RoundId round) {
    looked.add(round);
    notifyAll();
  }

  /** Returns once the campaign has begun to look for a round's answers. */
  synchronized void awaitLook(RoundId round) throws InterruptedException {
    while (!looked.contains(round)) {
      wait();
    }
  }

  @Override
  public ReviewProgress closeBatch(BatchId batch) {
    if (open.remove(batch)) {
      closed.add(batch.value());
    }
    return progress();
  }

  @Override
  public ReviewProgress closeReview(RoundId round) {
    reviewsClosed.incrementAndGet();
    open.clear();
    return progress();
  }

  @Override
  public void remind(Reminder reminder) {
    if (remindersFail) {
      throw new IllegalStateException("the chat is down");
    }
    reminders.add(reminder);
  }

  private ReviewProgress progress() {
    int done = batches - open.size();
    return new ReviewProgress(batches, open.size(), 10 * batches, 10 * done);
  }

  @Override
  public LabelResult acceptLabels(RoundId round) {
    return new LabelResult(5, 12, 3, 20, 0.97, true, "held");
  }

  @Override
  public TrainingSetRef freezeTrainingSet(RoundId round) {
    return new TrainingSetRef(new TrainingSetId(hash("set " + round)), 25, 20, 5, boxes);
  }

  @Override
  public InitialModelResult initialiseModel(CampaignName campaign) {
    return new InitialModelResult(INITIAL, knownClasses);
  }

  @Override
  public ModelId trainModel(TrainingRequest request) {
    trainings.add(request);
    training.countDown();
    if (trainingFailure != null) {
      throw trainingFailure;
    }
    if (failTrainings-- > 0) {
      throw ApplicationFailure.newFailure("the processor melted", "Melted");
    }
    while (trainForever) {
      Activity.getExecutionContext().heartbeat("step"); // throws once it is cancelled
      pause();
    }
    return challenger(request.round().number());
  }

  private static void pause() {
    try {
      new CountDownLatch(1).await(20, java.util.concurrent.TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public HoldoutScore evaluateModel(EvaluationRequest request) {
    for (int round = 1; round <= maps.length; round++) {
      if (request.model().equals(challenger(round))) {
        return new HoldoutScore(maps[round - 1], maps[round - 1] + 0.1);
      }
    }
    return new HoldoutScore(0.1, 0.2);
  }

  @Override
  public GateDecision compareModels(ComparisonRequest request) {
    HoldoutScore score = evaluateModel(new EvaluationRequest(CAMPAIGN, request.challenger()));
    boolean promoted = score.map() - newest().score().map() >= margin;
    if (promoted) {
      champions.add(new Champion(request.challenger(), score, true));
    }
    return new GateDecision(promoted, "as the test has it", newest());
  }

  private Champion newest() {
    return champions.isEmpty() // of a story that begins in a later round
        ? new Champion(INITIAL, new HoldoutScore(0.1, 0.2), true)
        : champions.get(champions.size() - 1);
  }

  @Override
  public @Nullable Champion rollBack(RollBackRequest request) {
    if (champions.size() < 2) {
      return null;
    }
    champions.remove(newest());
    return newest();
  }

  @Override
  public void recordRound(RoundRecord round) {
    if (round.round().number() == 0) {
      champions.add(new Champion(round.champion(), round.championScore(), true));
    }
    records.add(round);
  }
}
