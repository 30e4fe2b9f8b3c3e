package dev.labelloop.activities.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.evaluation.coco.CocoEvaluation;
import dev.labelloop.activities.evaluation.coco.MapScore;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.core.ImageId;
import dev.labelloop.evaluation.EvaluationActivities;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Map;

/** Reads truth and detections of the holdout, measures, stores. */
public final class EvaluationActivitiesImpl implements EvaluationActivities {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CampaignRepository campaigns;
  private final PredictionRepository predictions;
  private final LabelRepository labels;
  private final ScoreRepository scores;

  public EvaluationActivitiesImpl(
      CampaignRepository campaigns,
      PredictionRepository predictions,
      LabelRepository labels,
      ScoreRepository scores) {
    this.campaigns = campaigns;
    this.predictions = predictions;
    this.labels = labels;
    this.scores = scores;
  }

  @Override
  public HoldoutScore evaluateModel(EvaluationRequest request) {
    if (scores.find(request.campaign(), request.model()).isEmpty()) {
      List<String> classes = campaigns.spec(request.campaign()).classes();
      var truth = labels.holdoutAnnotations(request.campaign());
      Map<ImageId, List<Detection>> detections =
          predictions.holdout(request.campaign(), request.model());
      detections.keySet().retainAll(truth.keySet()); // a skipped holdout image has no truth
      truth.keySet().retainAll(detections.keySet()); // a picture that went bad is no miss
      MapScore score = CocoEvaluation.score(truth, detections, classes.size());
      scores.insertIfAbsent(request, score.score(), classAp(score, classes));
    }
    return scores.find(request.campaign(), request.model()).orElseThrow();
  }

  private static String classAp(MapScore score, List<String> classes) {
    ObjectNode json = JSON.createObjectNode();
    score.classes().forEach(c -> json.put(classes.get(c.classIndex()), c.ap()));
    return json.toString();
  }

  @Override
  public void recordRound(RoundRecord round) {
    scores.insertRound(round);
  }
}
