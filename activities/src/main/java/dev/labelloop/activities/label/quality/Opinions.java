package dev.labelloop.activities.label.quality;

import static dev.labelloop.activities.review.SuspicionKind.BADLY_LOCATED;
import static dev.labelloop.activities.review.SuspicionKind.OVERLOOKED;
import static dev.labelloop.activities.review.SuspicionKind.SWAPPED;

import dev.labelloop.activities.review.SuspicionKind;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a model says about the labels of one image.
 *
 * <p>Detections and labels are paired one to one, the more confident detection first: with a label
 * of its class that it overlaps by {@value #SAME_PLACE}; then, of what is left, with one of another
 * class at the same place; then with one of its class that it touches by {@value #NEAR}. What is
 * left over after that, and at nobody's place, is about no label.
 */
final class Opinions {
  /** Below, a detection is as good as none: it would only add noise. */
  static final double LEAST_CONFIDENCE = 0.1;

  /** COCO's loosest threshold. */
  private static final double SAME_PLACE = 0.5;

  /** A box that overlaps less is rather about another object than about this one. */
  private static final double NEAR = 0.1;

  private final AuditedImage image;
  private final List<Detection> heard;
  private final List<LabelledBox> free;
  private final List<Opinion> opinions = new ArrayList<>();

  private Opinions(AuditedImage image) {
    this.image = image;
    this.heard =
        image.detections().stream()
            .filter(d -> d.confidence() >= LEAST_CONFIDENCE)
            .sorted(Comparator.comparingDouble(Detection::confidence).reversed())
            .toList();
    this.free = new ArrayList<>(image.labels());
  }

  /** All that the model says about an image. */
  static List<Opinion> of(AuditedImage image) {
    return new Opinions(image).read();
  }

  private List<Opinion> read() {
    List<Detection> left = strongest();
    left = pair(left, SAME_PLACE, (d, l) -> d.classIndex() == l.classIndex(), this::agrees);
    left = pair(left, SAME_PLACE, (d, l) -> true, this::isAnotherClass);
    left = pair(left, NEAR, (d, l) -> d.classIndex() == l.classIndex(), this::liesElsewhere);
    for (Detection detection : left) {
      if (image.labels().stream().allMatch(l -> l.box().iou(detection.box()) < SAME_PLACE)) {
        say(OVERLOOKED, detection, null, false);
      }
    }
    return opinions;
  }

  /** Of the detections at one place that differ in class, only the most confident speaks. */
  private List<Detection> strongest() {
    List<Detection> kept = new ArrayList<>();
    for (Detection detection : heard) {
      if (kept.stream().noneMatch(other -> rivals(other, detection))) {
        kept.add(detection);
      }
    }
    return kept;
  }

  private static boolean rivals(Detection a, Detection b) {
    return a.classIndex() != b.classIndex() && a.box().iou(b.box()) >= SAME_PLACE;
  }

  private interface Pairing {
    void take(Detection detection, LabelledBox label);
  }

  /** Pairs each detection with the free label that fits it best; gives those without one. */
  private List<Detection> pair(
      List<Detection> detections,
      double leastIou,
      BiPredicate<Detection, LabelledBox> fits,
      Pairing pairing) {
    List<Detection> left = new ArrayList<>();
    for (Detection detection : detections) {
      LabelledBox best = null;
      double bestIou = leastIou;
      for (LabelledBox label : free) {
        double iou = detection.box().iou(label.box());
        if (iou >= bestIou && fits.test(detection, label)) {
          best = label;
          bestIou = iou;
        }
      }
      if (best == null) {
        left.add(detection);
      } else {
        free.remove(best);
        pairing.take(detection, best);
      }
    }
    return left;
  }

  private void agrees(Detection detection, LabelledBox label) {
    say(OVERLOOKED, detection, label, true);
    say(BADLY_LOCATED, detection, label, true);
    say(SWAPPED, detection, label, true);
  }

  private void isAnotherClass(Detection detection, LabelledBox label) {
    say(OVERLOOKED, detection, label, true);
    say(SWAPPED, detection, label, false);
  }

  private void liesElsewhere(Detection detection, LabelledBox label) {
    say(OVERLOOKED, detection, label, true);
    say(BADLY_LOCATED, detection, label, false);
  }

  private void say(
      SuspicionKind about, Detection detection, @Nullable LabelledBox label, boolean agrees) {
    double sureness = detection.confidence() - (about == SWAPPED ? rival(detection) : 0);
    opinions.add(new Opinion(about, detection, sureness, label, agrees));
  }

  /** Confidence of the best detection of another class at the same place; 0 if there is none. */
  private double rival(Detection detection) {
    return heard.stream()
        .filter(other -> rivals(other, detection))
        .mapToDouble(Detection::confidence)
        .max()
        .orElse(0);
  }
}
