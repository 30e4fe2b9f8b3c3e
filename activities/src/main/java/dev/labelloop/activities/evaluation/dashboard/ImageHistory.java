package dev.labelloop.activities.evaluation.dashboard;

import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.core.ModelId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything that models and people ever said about an image.
 *
 * @param holdout whether models are measured on it
 * @param quarantine why it cannot be used; null if it can
 * @param predictions by round, then those of the holdout by model
 * @param pseudoLabels by round
 * @param answers in their order
 * @param annotations by version; the last is in force
 * @param suspicions by round and place
 */
public record ImageHistory(
    StoredImage image,
    boolean holdout,
    @Nullable String quarantine,
    List<Predicted> predictions,
    List<Pseudo> pseudoLabels,
    List<Answered> answers,
    List<Annotated> annotations,
    List<Suspected> suspicions) {
  /**
   * What a model saw.
   *
   * @param round of the pool's prediction; null of the holdout's, which is made once a model
   * @param certainty mean confidence; null of the holdout's
   * @param found of any confidence
   */
  public record Predicted(
      @Nullable Integer round,
      @Nullable ModelId model,
      @Nullable Double certainty,
      List<Detection> found) {}

  /**
   * A model's label.
   *
   * @param ignore places that are neither label nor background
   */
  public record Pseudo(
      int round, ModelId model, List<LabelledBox> boxes, List<LabelledBox> ignore) {}

  /**
   * A person's answer.
   *
   * @param purpose for which it was asked, such as ACTIVE
   * @param why it was chosen, in words
   * @param seconds of work
   * @param kept proposals that were right
   * @param touched boxes drawn, adjusted, relabelled or deleted
   * @param reason of a skip; null if none was given
   */
  public record Answered(
      int round,
      int version,
      @Nullable String purpose,
      @Nullable String why,
      String outcome,
      String reviewer,
      Instant at,
      double seconds,
      int kept,
      int touched,
      @Nullable String reason,
      List<LabelledBox> boxes) {}

  /**
   * A version of the label that people vouch for.
   *
   * @param at when it was stored; null of those from before that was noted
   * @param boxes null where the label was taken back
   */
  public record Annotated(
      int version,
      int round,
      String maker,
      @Nullable Instant at,
      @Nullable List<LabelledBox> boxes) {}

  /**
   * A label that a model contradicts.
   *
   * @param version of the annotation; null of a pseudo-label
   * @param score in [0, 1], low is suspicious
   * @param label what is labelled; null where an object seems to be overlooked
   * @param instead what the model would say
   */
  public record Suspected(
      int round,
      @Nullable Integer version,
      String kind,
      double score,
      @Nullable LabelledBox label,
      LabelledBox instead) {}
}
