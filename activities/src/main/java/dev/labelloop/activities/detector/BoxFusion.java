package dev.labelloop.activities.detector;

import dev.labelloop.core.Box;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What several models say of one image together: weighted boxes fusion (Solovyev, Wang and
 * Gabruseva 2021, <a href="https://arxiv.org/abs/1910.13302">arXiv 1910.13302</a>).
 *
 * <p>Detections of one class that overlap by {@value #SAME_OBJECT} become one, at most one of each
 * model, the more confident first. Its box is the mean of theirs, weighted by confidence, and its
 * confidence is the sum of theirs divided by the number of models: what half of the models see is
 * half as sure.
 */
public final class BoxFusion {
  /** The paper's. */
  private static final double SAME_OBJECT = 0.55;

  private record Seen(int model, Detection detection) {}

  private BoxFusion() {}

  /**
   * Fuses.
   *
   * @param models the detections of each model, by classes of one list
   * @return detections in no order; those of a single model as they are
   */
  public static List<Detection> of(List<List<Detection>> models) {
    if (models.size() == 1) {
      return models.get(0);
    }
    List<Cluster> clusters = new ArrayList<>();
    IntStream.range(0, models.size())
        .boxed()
        .flatMap(model -> models.get(model).stream().map(found -> new Seen(model, found)))
        .sorted(Comparator.comparingDouble((Seen seen) -> seen.detection.confidence()).reversed())
        .forEach(seen -> add(clusters, seen));
    return clusters.stream().map(cluster -> cluster.detection(models.size())).toList();
  }

  private static void add(List<Cluster> clusters, Seen seen) {
    Cluster best = null;
    double bestIou = SAME_OBJECT;
    for (Cluster cluster : clusters) {
      if (cluster.classIndex == seen.detection.classIndex() && !cluster.models.get(seen.model)) {
        double iou = cluster.box.iou(seen.detection.box());
        if (iou >= bestIou) {
          best = cluster;
          bestIou = iou;
        }
      }
    }
    if (best == null) {
      clusters.add(new Cluster(seen));
    } else {
      best.add(seen);
    }
  }

  /** Detections of one object. */
  private static final class Cluster {
    private final int classIndex;
    private final BitSet models = new BitSet();
    private Box box;
    private double confidence;

    private Cluster(Seen first) {
      classIndex = first.detection.classIndex();
      box = first.detection.box();
      confidence = first.detection.confidence();
      models.set(first.model);
    }

    private void add(Seen seen) {
      double weight = seen.detection.confidence();
      Box other = seen.detection.box();
      double sum = confidence + weight;
      if (sum > 0) { // else all weigh the same: nothing
        double share = weight / sum;
        box =
            Box.ofCorners(
                mean(box.x(), other.x(), share),
                mean(box.y(), other.y(), share),
                mean(box.right(), other.right(), share),
                mean(box.bottom(), other.bottom(), share));
      }
      confidence = sum;
      models.set(seen.model);
    }

    private static double mean(double a, double b, double shareOfB) {
      return a + shareOfB * (b - a);
    }

    private Detection detection(int of) {
      return new Detection(box, classIndex, confidence / of);
    }
  }
}
