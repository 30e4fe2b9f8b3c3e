package dev.labelloop.activities.label;

import dev.labelloop.activities.label.LabelRepository.PseudoLabels;
import dev.labelloop.activities.prediction.PredictedImage;
import dev.labelloop.label.LabelResult;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pseudo-labels by a fixed confidence: candidates are the detections of at least {@code threshold},
 * and they become labels only if, on a sample that people have labelled, at least the share {@code
 * precision} is right. That share is an estimate from a small sample, not a guarantee.
 *
 * @param threshold confidence from which a detection is a candidate, in [0, 1]
 * @param precision least share of checked candidates that must be right, in [0, 1]
 */
public record FixedPseudoLabels(double threshold, double precision) {
  /**
   * Detections from here up to the threshold are ignored in training: too unsure for a label, too
   * sure for background. It is the lower of the two thresholds of Efficient Teacher (Xu et al.
   * 2023, <a href="https://arxiv.org/abs/2302.07577">arXiv 2302.07577</a>).
   */
  static final double IGNORE_FROM = 0.1;

  /** Two boxes that overlap this much are one object, whatever class the weaker one claims. */
  private static final double SAME_OBJECT_IOU = 0.5;

  public FixedPseudoLabels {
    if (!(threshold >= 0 && threshold <= 1) || !(precision >= 0 && precision <= 1)) {
      throw new IllegalArgumentException(
          "pseudoLabels.threshold and .precision are in [0, 1]: " + threshold + ", " + precision);
    }
  }

  /**
   * What a round's acceptance comes to.
   *
   * @param result counts and the reason, as it is stored
   * @param labels of each image with at least one pseudo-label; none unless accepted
   */
  public record Acceptance(LabelResult result, List<PseudoLabels> labels) {
    public Acceptance {
      labels = List.copyOf(labels);
    }
  }

  /** The acceptance of a campaign that wants no pseudo-labels. */
  public static Acceptance off() {
    return refused(0, null, "pseudo-labels are off");
  }

  /**
   * Decides by the verify sample whether the candidates of the pool become labels.
   *
   * @param sample images with candidates that people have answered
   * @param pool images that no person has labelled or is asked about; read once, and only if the
   *     sample holds
   */
  public Acceptance accept(List<CheckedImage> sample, Stream<PredictedImage> pool) {
    int checked = 0;
    int right = 0;
    for (CheckedImage image : sample) {
      List<Detection> candidates = candidates(image.predicted());
      checked += candidates.size();
      right += image.right(candidates);
    }
    if (checked == 0) {
      return refused(0, null, "people have checked no candidate, so nothing is known of the rest");
    }
    double measured = right / (double) checked;
    String reason =
        String.format(
            Locale.ROOT,
            "%d of %d checked candidates are right: %.3f, at least %s is asked",
            right,
            checked,
            measured,
            precision);
    return measured >= precision
        ? accepted(checked, measured, reason, pool.flatMap(this::labels).toList())
        : refused(checked, measured, reason);
  }

  private static Acceptance accepted(
      int checked, double measured, String reason, List<PseudoLabels> labels) {
    int boxes = labels.stream().mapToInt(image -> image.boxes().size()).sum();
    int ignored = labels.stream().mapToInt(image -> image.ignore().size()).sum();
    return new Acceptance(
        new LabelResult(labels.size(), boxes, ignored, checked, measured, true, reason), labels);
  }

  private static Acceptance refused(int checked, @Nullable Double measured, String reason) {
    return new Acceptance(new LabelResult(0, 0, 0, checked, measured, false, reason), List.of());
  }

  private List<Detection> candidates(PredictedImage image) {
    return image.detections().stream().filter(d -> d.confidence() >= threshold).toList();
  }

  /** An image's labels; nothing where it has no candidate. */
  private Stream<PseudoLabels> labels(PredictedImage image) {
    List<Detection> candidates = candidates(image);
    if (candidates.isEmpty()) {
      return Stream.empty();
    }
    List<LabelledBox> ignore = new ArrayList<>();
    for (Detection detection : image.detections()) {
      boolean unsure = detection.confidence() >= IGNORE_FROM && detection.confidence() < threshold;
      if (unsure && candidates.stream().noneMatch(c -> sameObject(c, detection))) {
        ignore.add(label(detection));
      }
    }
    List<LabelledBox> boxes = candidates.stream().map(FixedPseudoLabels::label).toList();
    return Stream.of(new PseudoLabels(image.image(), boxes, ignore));
  }

  private static boolean sameObject(Detection a, Detection b) {
    return a.box().iou(b.box()) >= SAME_OBJECT_IOU;
  }

  private static LabelledBox label(Detection detection) {
    return new LabelledBox(detection.box(), detection.classIndex());
  }
}
