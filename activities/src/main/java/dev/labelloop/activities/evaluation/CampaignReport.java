package dev.labelloop.activities.evaluation;

import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.errors.WorstPicture;
import dev.labelloop.activities.evaluation.gate.ChampionRepository;
import dev.labelloop.activities.evaluation.gate.Verdict;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.DatasetSummary;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.label.LabelledBox;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a person is told about a campaign.
 *
 * @param campaign its name
 * @param classes in the order of {@code classIndex}
 * @param dataset counts
 * @param reviewTool name of the tool; {@code simulated} is always named as such
 * @param amendments what people changed of the specification, in their order
 * @param rounds by number, beginning with round 0
 * @param verdicts of the gate, by round
 * @param champions every change of champion; the last is in use
 * @param origins where the current labels of the pool came from
 * @param doubted labels that models contradicted, by kind
 * @param pictures a sample of labelled pool images, those of people and those of the model
 * @param failures of the champion on the holdout; null before the first round ends
 * @param holdout whether it can be trusted
 * @param quarantine files that could not be used, at most the first 100
 */
public record CampaignReport(
    String campaign,
    List<String> classes,
    DatasetSummary dataset,
    String reviewTool,
    List<Amended> amendments,
    List<Round> rounds,
    Map<Integer, Verdict> verdicts,
    List<ChampionRepository.Change> champions,
    List<Origin> origins,
    List<Doubted> doubted,
    List<Picture> pictures,
    @Nullable Failures failures,
    HoldoutReport holdout,
    List<Quarantined> quarantine) {

  /** The champion in use; null before the initial model is measured. */
  public @Nullable Champion champion() {
    return champions.isEmpty() ? null : champions.get(champions.size() - 1).champion();
  }

  /** What was amended, and when. */
  public record Amended(int number, Instant when, Amendment what) {}

  /**
   * One round; counts of people's work add up over the rounds, {@code pseudoBoxes} is the round's.
   *
   * @param round number, 0 for the initial model
   * @param imagesReviewed by people, cumulative
   * @param boxesTouched drawn, adjusted, relabelled or deleted by people, cumulative
   * @param personSeconds of people's work, cumulative
   * @param pseudoBoxes pseudo-labels that this round trained on
   * @param map the champion's after this round, a fraction
   * @param ap50 the champion's after this round, a fraction
   * @param challengerMap of the round's challenger, a fraction; null if nothing was trained
   * @param promoted whether the challenger became champion
   * @param champion the model in use after the round
   * @param labels what became of the pseudo-labels, in words; null in round 0
   */
  public record Round(
      int round,
      int imagesReviewed,
      int boxesTouched,
      double personSeconds,
      int pseudoBoxes,
      double map,
      double ap50,
      @Nullable Double challengerMap,
      boolean promoted,
      ModelId champion,
      @Nullable String labels) {}

  /**
   * A source of labels.
   *
   * @param maker {@code person}, {@code simulated reviewer} or {@code model}
   * @param images with at least one answer or label of this maker
   * @param boxes current labels
   */
  public record Origin(String maker, int images, int boxes) {}

  /**
   * Suspicions of one kind over all rounds.
   *
   * @param kind such as {@code badly located}
   * @param found suspicions
   * @param asked of these, on images that people were asked about again
   * @param corrected of these, on images whose boxes people changed then
   */
  public record Doubted(String kind, int found, int asked, int corrected) {}

  /**
   * A labelled picture.
   *
   * @param file where it lies
   * @param width pixels, upright
   * @param height pixels, upright
   * @param maker as in {@link Origin}
   * @param boxes its current labels
   */
  public record Picture(
      ImageId image, Path file, int width, int height, String maker, List<LabelledBox> boxes) {}

  /**
   * Why a model fails.
   *
   * @param worst the worst pictures that can still be read, the worst first
   */
  public record Failures(ModelId model, ErrorAnalysis analysis, List<Worst> worst) {}

  /**
   * One of the worst pictures.
   *
   * @param file where it lies
   * @param width pixels, upright
   * @param height pixels, upright
   */
  public record Worst(WorstPicture picture, Path file, int width, int height) {}

  /** A file that could not be used, and why. */
  public record Quarantined(String file, String reason) {}
}
