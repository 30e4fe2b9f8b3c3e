package dev.labelloop.worker.solo;

import dev.labelloop.activities.label.quality.AuditedImage;
import dev.labelloop.activities.label.quality.Suspicion;
import dev.labelloop.activities.review.SuspicionKind;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * ObjectLab's scores of boxes as published (Tkachenko et al. 2023, <a
 * href="https://arxiv.org/abs/2309.00832">arXiv 2309.00832</a>), to compare with. In place of the
 * fixed high confidence of 0.95, which our detections seldom reach, stands the 97.5th percentile of
 * right ones.
 */
final class PublishedScores {
  private static final double LOW = 0.5;
  private static final double HIGH_QUANTILE = 0.975;
  private static final double RIGHT_IOU = 0.5;
  private static final double IOU_PART = 0.9;
  private static final double DECAY = 0.1;

  private final double high;
  private final double least;

  private PublishedScores(List<AuditedImage> images) {
    double[] right =
        images.stream()
            .flatMapToDouble(
                image ->
                    image.detections().stream()
                        .filter(d -> image.labels().stream().anyMatch(l -> same(d, l)))
                        .mapToDouble(Detection::confidence))
            .sorted()
            .toArray();
    high = right.length == 0 ? 1 : right[(int) (HIGH_QUANTILE * (right.length - 1))];
    least =
        images.stream()
            .flatMapToDouble(PublishedScores::similarities)
            .filter(s -> s > 0)
            .min()
            .orElse(0);
  }

  private static boolean same(Detection detection, LabelledBox label) {
    return detection.classIndex() == label.classIndex()
        && detection.box().iou(label.box()) >= RIGHT_IOU;
  }

  private static DoubleStream similarities(AuditedImage image) {
    return image.labels().stream()
        .flatMapToDouble(
            label ->
                image.detections().stream().mapToDouble(d -> similarity(d.box(), label.box())));
  }

  /** All scores below 1, the lowest first. */
  static List<Suspicion> order(List<AuditedImage> images) {
    PublishedScores scores = new PublishedScores(images);
    return images.stream().flatMap(scores::of).sorted(Suspicion.REVIEW_ORDER).toList();
  }

  private Stream<Suspicion> of(AuditedImage image) {
    List<Suspicion> all = new ArrayList<>();
    for (Detection d : image.detections()) {
      if (d.confidence() >= high
          && image.labels().stream().allMatch(l -> l.box().iou(d.box()) == 0)) {
        double nearest =
            image.labels().stream()
                .filter(l -> l.classIndex() == d.classIndex())
                .mapToDouble(l -> similarity(l.box(), d.box()))
                .max()
                .orElse(least * (1 - d.confidence()));
        all.add(
            new Suspicion(
                image.image(), SuspicionKind.OVERLOOKED, null, label(d), d.confidence(), nearest));
      }
    }
    for (LabelledBox label : image.labels()) {
      for (Detection d : image.detections()) {
        double similarity = similarity(label.box(), d.box());
        if (d.classIndex() == label.classIndex()) {
          if (d.confidence() > LOW && d.box().iou(label.box()) > 0) {
            keep(all, image, SuspicionKind.BADLY_LOCATED, label, d, similarity, true);
          }
        } else if (d.confidence() > high) {
          double swapped = Math.max(least, 1 - similarity);
          keep(all, image, SuspicionKind.SWAPPED, label, d, swapped, false);
        }
      }
    }
    return all.stream();
  }

  /** Keeps the highest or the lowest score of a kind for each label. */
  private static void keep(
      List<Suspicion> all,
      AuditedImage image,
      SuspicionKind kind,
      LabelledBox label,
      Detection d,
      double score,
      boolean highest) {
    Suspicion now = new Suspicion(image.image(), kind, label, label(d), d.confidence(), score);
    for (int i = 0; i < all.size(); i++) {
      Suspicion before = all.get(i);
      if (before.kind() == kind && label.equals(before.label())) {
        if (highest ? score > before.score() : score < before.score()) {
          all.set(i, now);
        }
        return;
      }
    }
    all.add(now);
  }

  private static LabelledBox label(Detection d) {
    return new LabelledBox(d.box(), d.classIndex());
  }

  private static double similarity(Box a, Box b) {
    double dx = a.x() + a.width() / 2 - b.x() - b.width() / 2;
    double dy = a.y() + a.height() / 2 - b.y() - b.height() / 2;
    return IOU_PART * a.iou(b) + (1 - IOU_PART) * Math.exp(-DECAY * Math.hypot(dx, dy));
  }
}
