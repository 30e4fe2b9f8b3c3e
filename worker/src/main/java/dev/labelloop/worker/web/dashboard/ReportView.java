package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.evaluation.CampaignReport;
import dev.labelloop.activities.evaluation.dashboard.ClassCountRepository.ClassRow;
import dev.labelloop.activities.evaluation.dashboard.LineageRepository.Ancestor;
import dev.labelloop.activities.evaluation.dashboard.Source;
import dev.labelloop.activities.evaluation.errors.Calibration;
import dev.labelloop.activities.evaluation.errors.ErrorTypes;
import dev.labelloop.activities.evaluation.errors.Thresholds;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.activities.evaluation.gate.MapInterval;
import dev.labelloop.activities.evaluation.gate.Verdict;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.label.LabelResult;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a campaign has come to, as JSON; figures mean what they mean in {@link CampaignReport}.
 *
 * @param dataset null until the images are registered
 * @param simulated whether answers come from a truth file instead of people
 * @param perHour what an hour of a person's work costs; null where it was not said
 * @param intervals of the models' mAP, by model
 * @param intervalsPending whether some are being measured
 * @param random the curve of random selection; null, for no campaign measures it yet
 * @param failures of the champion; null before the first round ends
 */
record ReportView(
    String campaign,
    List<String> classes,
    @Nullable DatasetSummary dataset,
    String reviewTool,
    boolean simulated,
    @Nullable Double perHour,
    List<CampaignReport.Round> rounds,
    Map<ModelId, MapInterval> intervals,
    boolean intervalsPending,
    @Nullable List<CampaignReport.Round> random,
    List<OriginView> origins,
    List<ClassRow> perClass,
    @Nullable FailureView failures,
    PseudoLabelsView pseudoLabels,
    Map<Integer, Verdict> verdicts,
    List<ChampionRepository.Change> champions,
    List<Ancestor> models,
    List<CampaignReport.Doubted> doubted,
    List<CampaignReport.Amended> amendments,
    List<CampaignReport.Quarantined> quarantine,
    LikenessView holdout) {

  /** Where labels came from: of this maker, which is of this kind. */
  record OriginView(String maker, Source source, int images, int boxes) {
    static OriginView of(CampaignReport.Origin origin) {
      boolean byModel = origin.maker().equals("model");
      return new OriginView(
          origin.maker(), Source.of(origin.maker(), byModel), origin.images(), origin.boxes());
    }
  }

  /**
   * Why the champion fails.
   *
   * @param worst pictures, the worst first
   */
  record FailureView(
      ModelId model,
      int images,
      int objects,
      Thresholds thresholds,
      Calibration calibration,
      ErrorTypes errorTypes,
      List<WorstView> worst) {
    static FailureView of(CampaignReport.Failures failures) {
      return new FailureView(
          failures.model(),
          failures.analysis().images(),
          failures.analysis().objects(),
          failures.analysis().thresholds(),
          failures.analysis().calibration(),
          failures.analysis().errorTypes(),
          failures.worst().stream()
              .map(w -> new WorstView(w.picture().image(), w.picture().weight()))
              .toList());
    }
  }

  /** A picture, and the weight of its errors. */
  record WorstView(ImageId image, double weight) {}

  /**
   * How predictions become labels.
   *
   * @param threshold confidence from which a detection is a candidate; null where they do not
   * @param precision asked of the checked candidates; null where they do not
   * @param certified whether the precision is guaranteed: false, it is an estimate
   * @param results by round
   */
  record PseudoLabelsView(
      PseudoLabelMode mode,
      @Nullable Double threshold,
      @Nullable Double precision,
      boolean certified,
      Map<Integer, LabelResult> results) {}

  /** Images of the pool that look like one of the holdout, and those of them that stay out. */
  record LikenessView(int alike, int keptOut, int doubtful) {
    static LikenessView of(CampaignReport report) {
      var audit = report.holdout().audit();
      return new LikenessView(
          report.holdout().alike(), report.holdout().keptOut(), audit == null ? 0 : audit.found());
    }
  }
}
