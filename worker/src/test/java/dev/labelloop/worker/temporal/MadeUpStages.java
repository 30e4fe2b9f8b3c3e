package dev.labelloop.worker.temporal;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.core.TrainingSetId;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every stage of a campaign without images, models or database: ten images a shard, people who have
 * answered before they are asked, a model that gets no better.
 *
 * @param shards of each round
 * @param predict what a shard does, before its made-up result
 */
public record MadeUpStages(int shards, Consumer<ShardRef> predict)
    implements DatasetActivities,
        PredictionActivities,
        SelectionActivities,
        ReviewActivities,
        LabelActivities,
        TrainingSetActivities,
        ModelActivities,
        EvaluationActivities {
  private static final int IMAGES = 10;

  /** These stages, for all queues. */
  public Stages all() {
    return new Stages(List.of(this), List.of(this), List.of(this));
  }

  private static String hash(String text) {
    return Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public DatasetSummary registerDataset(CampaignName campaign) {
    return new DatasetSummary(IMAGES * shards, IMAGES, 0, 0, 0, IMAGES);
  }

  @Override
  public void storeAmendment(AmendmentRequest request) {}

  @Override
  public PredictionPlan planPrediction(RoundId round) {
    return new PredictionPlan(IMAGES * shards, shards);
  }

  @Override
  public int liveSlots() {
    return 0; // nobody knows
  }

  @Override
  public ShardResult predictShard(ShardRef shard) {
    predict.accept(shard);
    return new ShardResult(IMAGES, IMAGES, 0);
  }

  @Override
  public ShardResult predictHoldout(HoldoutRef holdout) {
    return new ShardResult(IMAGES, IMAGES, 0);
  }

  @Override
  public SelectionResult selectImages(SelectionRequest request) {
    return new SelectionResult(IMAGES, 1, IMAGES, 0, 0);
  }

  @Override
  public SelectionResult selectHoldout(RoundId round) {
    return new SelectionResult(IMAGES, 1, IMAGES, 0, 0);
  }

  @Override
  public ReviewProgress publishReview(RoundId round) {
    return new ReviewProgress(1, 0, IMAGES, IMAGES);
  }

  @Override
  public ReviewProgress collectReview(RoundId round) {
    return publishReview(round);
  }

  @Override
  public ReviewProgress closeBatch(BatchId batch) {
    return publishReview(batch.round());
  }

  @Override
  public ReviewProgress closeReview(RoundId round) {
    return publishReview(round);
  }

  @Override
  public void remind(Reminder reminder) {}

  @Override
  public LabelResult acceptLabels(RoundId round) {
    return new LabelResult(0, 0, 0, 0, null, false, "made up");
  }

  @Override
  public TrainingSetRef freezeTrainingSet(RoundId round) {
    return new TrainingSetRef(new TrainingSetId(hash("set " + round)), IMAGES, IMAGES, 0, IMAGES);
  }

  @Override
  public InitialModelResult initialiseModel(CampaignName campaign) {
    return new InitialModelResult(new ModelId(hash("initial")), 1);
  }

  @Override
  public ModelId trainModel(TrainingRequest request) {
    return new ModelId(hash("model " + request.round()));
  }

  @Override
  public HoldoutScore evaluateModel(EvaluationRequest request) {
    return new HoldoutScore(0.1, 0.2);
  }

  @Override
  public GateDecision compareModels(ComparisonRequest request) {
    Champion better = new Champion(request.challenger(), new HoldoutScore(0.1, 0.2), true);
    return new GateDecision(true, "made up", better);
  }

  @Override
  public Champion rollBack(RollBackRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void recordRound(RoundRecord round) {}
}
