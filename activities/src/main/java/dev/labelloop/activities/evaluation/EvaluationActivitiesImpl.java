package dev.labelloop.activities.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.dataset.ImageRepository;
import dev.labelloop.activities.evaluation.coco.CocoEvaluation;
import dev.labelloop.activities.evaluation.coco.MapScore;
import dev.labelloop.activities.evaluation.coco.PairedBootstrap;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.activities.evaluation.gate.Clusters;
import dev.labelloop.activities.evaluation.gate.Gate;
import dev.labelloop.activities.evaluation.gate.GateRepository;
import dev.labelloop.activities.evaluation.gate.Verdict;
import dev.labelloop.activities.heartbeat.Heartbeat;
import dev.labelloop.activities.label.LabelRepository;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.ComparisonRequest;
import dev.labelloop.evaluation.EvaluationActivities;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.GateDecision;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RollBackRequest;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.prediction.Detection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads truth and detections of the holdout, measures and compares, stores. */
public final class EvaluationActivitiesImpl implements EvaluationActivities {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CampaignRepository campaigns;
  private final ImageRepository images;
  private final PredictionRepository predictions;
  private final LabelRepository labels;
  private final ScoreRepository scores;
  private final GateRepository gates;
  private final ChampionRepository champions;

  public EvaluationActivitiesImpl(
      CampaignRepository campaigns,
      ImageRepository images,
      PredictionRepository predictions,
      LabelRepository labels,
      ScoreRepository scores,
      GateRepository gates,
      ChampionRepository champions) {
    this.campaigns = campaigns;
    this.images = images;
    this.predictions = predictions;
    this.labels = labels;
    this.scores = scores;
    this.gates = gates;
    this.champions = champions;
  }

  @Override
  public HoldoutScore evaluateModel(EvaluationRequest request) {
    if (scores.find(request.campaign(), request.model()).isEmpty()) {
      try (Heartbeat heartbeat = Heartbeat.start()) {
        heartbeat.note("measuring");
        measure(request);
      }
    }
    return scores.find(request.campaign(), request.model()).orElseThrow();
  }

  private void measure(EvaluationRequest request) {
    List<String> classes = campaigns.spec(request.campaign()).classes();
    var truth = labels.holdoutAnnotations(request.campaign());
    Map<ImageId, List<Detection>> detections =
        predictions.holdout(request.campaign(), request.model());
    detections.keySet().retainAll(truth.keySet()); // a skipped holdout image has no truth
    truth.keySet().retainAll(detections.keySet()); // a picture that went bad is no miss
    MapScore score = CocoEvaluation.score(truth, detections, classes.size());
    scores.insertIfAbsent(
        request,
        score.score(),
        classAp(score, classes),
        ErrorAnalysis.of(truth, detections, classes));
  }

  private static String classAp(MapScore score, List<String> classes) {
    ObjectNode json = JSON.createObjectNode();
    score.classes().forEach(c -> json.put(classes.get(c.classIndex()), c.ap()));
    return json.toString();
  }

  @Override
  public GateDecision compareModels(ComparisonRequest request) {
    RoundId round = request.round();
    if (gates.find(round).isEmpty()) {
      // Not the one asked about, if a person took it back in an earlier attempt at this round.
      ModelId champion = champions.after(round).orElseThrow().model();
      ComparisonRequest met =
          new ComparisonRequest(round, champion, request.challenger(), request.rounds());
      gates.insertIfAbsent(met, verdict(campaigns.spec(round.campaign()), met));
    }
    Verdict verdict = gates.find(round).orElseThrow();
    return new GateDecision(
        verdict.promoted(), verdict.reason(), champions.after(round).orElseThrow());
  }

  private Verdict verdict(CampaignSpec spec, ComparisonRequest request) {
    Gate gate =
        new Gate(spec.promotion(), spec.classes(), request.rounds(), spec.training().seed());
    try (Heartbeat heartbeat = Heartbeat.start()) {
      return gate.decide(comparison(spec, request), () -> heartbeat.note("drawing"));
    }
  }

  /** Both models on the images that both could read. */
  private PairedBootstrap comparison(CampaignSpec spec, ComparisonRequest request) {
    CampaignName campaign = spec.name();
    Map<ImageId, List<Detection>> champion = predictions.holdout(campaign, request.champion());
    Map<ImageId, List<Detection>> challenger = predictions.holdout(campaign, request.challenger());
    var truth = labels.holdoutAnnotations(campaign);
    truth.keySet().retainAll(champion.keySet());
    truth.keySet().retainAll(challenger.keySet());
    champion.keySet().retainAll(truth.keySet());
    challenger.keySet().retainAll(truth.keySet());
    return PairedBootstrap.of(
        truth,
        champion,
        challenger,
        spec.classes().size(),
        Clusters.of(spec.promotion().cluster(), images.holdout(campaign)));
  }

  @Override
  public @Nullable Champion rollBack(RollBackRequest request) {
    return champions.rollBack(request).orElse(null);
  }

  @Override
  public void recordRound(RoundRecord round) {
    scores.insertRound(round);
  }
}
