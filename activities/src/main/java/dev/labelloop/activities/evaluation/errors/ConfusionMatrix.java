package dev.labelloop.activities.evaluation.errors;

import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What objects were taken for, over the detections that people are shown.
 *
 * <p>Detections are paired with objects at IoU .50: first as AP does, inside a class; then what is
 * left, by falling confidence, with what is left of other classes.
 *
 * @param cells those that are not empty: by many classes most are
 */
public record ConfusionMatrix(List<Cell> cells) {
  /**
   * Objects of one class that were found as one class.
   *
   * @param truth the objects' class; null: there is nothing, or it was found already
   * @param found the detections' class; null: nothing was found
   * @param count greater than 0
   */
  public record Cell(@Nullable String truth, @Nullable String found, int count) {}

  /** Classes by index; {@link Matching#NONE} is the background, and comes last. */
  private record Pair(int truth, int found) implements Comparable<Pair> {
    private static final Comparator<Pair> ORDER =
        Comparator.comparing((Pair p) -> Integer.toUnsignedLong(p.truth))
            .thenComparing(p -> Integer.toUnsignedLong(p.found));

    @Override
    public int compareTo(Pair other) {
      return ORDER.compare(this, other);
    }
  }

  static ConfusionMatrix of(Collection<ImageErrors> shown, List<String> classes) {
    Map<Pair, Integer> counts = new TreeMap<>();
    for (ImageErrors image : shown) {
      pairs(image.matching()).forEach(pair -> counts.merge(pair, 1, Integer::sum));
    }
    List<Cell> cells = new ArrayList<>();
    counts.forEach(
        (pair, count) ->
            cells.add(new Cell(name(pair.truth, classes), name(pair.found, classes), count)));
    return new ConfusionMatrix(cells);
  }

  private static @Nullable String name(int classIndex, List<String> classes) {
    return classIndex == Matching.NONE ? null : classes.get(classIndex);
  }

  private static List<Pair> pairs(Matching matching) {
    List<LabelledBox> truth = matching.truth();
    boolean[] taken = new boolean[truth.size()];
    List<Pair> pairs = new ArrayList<>();
    for (int d = 0; d < matching.found().size(); d++) {
      int object = matching.truthOf(d);
      if (object == Matching.NONE) {
        object = nearest(matching, d, taken);
      }
      int itsClass = Matching.NONE;
      if (object != Matching.NONE) {
        taken[object] = true;
        itsClass = truth.get(object).classIndex();
      }
      pairs.add(new Pair(itsClass, matching.found().get(d).classIndex()));
    }
    for (int t = 0; t < truth.size(); t++) {
      if (!taken[t]) {
        pairs.add(new Pair(truth.get(t).classIndex(), Matching.NONE));
      }
    }
    return pairs;
  }

  /** Of the objects that nothing has found, the one that the detection overlaps most. */
  private static int nearest(Matching matching, int d, boolean[] taken) {
    Detection detection = matching.found().get(d);
    double most = Thresholds.FOREGROUND_IOU;
    int nearest = Matching.NONE;
    for (int t = 0; t < taken.length; t++) {
      double iou = detection.box().iou(matching.truth().get(t).box());
      if (!taken[t] && matching.foundBy(t) == Matching.NONE && iou >= most) {
        most = iou;
        nearest = t;
      }
    }
    return nearest;
  }
}
