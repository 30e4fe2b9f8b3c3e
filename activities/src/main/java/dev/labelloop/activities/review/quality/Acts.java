package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.activities.review.ShownBoxes;
import dev.labelloop.activities.review.quality.Agreement.Pair;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The work that turns shown boxes into an answer, by class: that of {@link ShownBoxes}, where a box
 * counts for the class that the person gave it, and a deleted one for the class it was shown with.
 */
final class Acts {
  private static final ReviewWork NONE = new ReviewWork(0, 0, 0, 0, 0);

  private final Map<Integer, ReviewWork> byClass = new TreeMap<>();

  private Acts() {}

  /** By class index; without classes of which nothing is there. */
  static Map<Integer, ReviewWork> of(List<Detection> shown, List<LabelledBox> answer) {
    Acts acts = new Acts();
    List<LabelledBox> boxes = new ArrayList<>(labels(shown));
    List<LabelledBox> objects = new ArrayList<>(answer);
    for (Pair pair : takeOut(boxes, objects, true)) {
      boolean kept = pair.iou() >= ShownBoxes.FITTING_IOU;
      acts.add(
          answer.get(pair.right()).classIndex(), w -> plus(w, kept ? 1 : 0, kept ? 0 : 1, 0, 0, 0));
    }
    List<LabelledBox> left = List.copyOf(objects);
    for (Pair pair : takeOut(boxes, objects, false)) {
      acts.add(left.get(pair.right()).classIndex(), w -> plus(w, 0, 0, 1, 0, 0));
    }
    boxes.forEach(box -> acts.add(box.classIndex(), w -> plus(w, 0, 0, 0, 1, 0)));
    objects.forEach(box -> acts.add(box.classIndex(), w -> plus(w, 0, 0, 0, 0, 1)));
    return acts.byClass;
  }

  static List<LabelledBox> labels(List<Detection> shown) {
    return shown.stream().map(d -> new LabelledBox(d.box(), d.classIndex())).toList();
  }

  /** Pairs boxes with objects, and takes both out of their lists. */
  private static List<Pair> takeOut(
      List<LabelledBox> boxes, List<LabelledBox> objects, boolean sameClass) {
    List<Pair> pairs = Agreement.pairs(boxes, objects, sameClass);
    without(boxes, pairs.stream().map(Pair::left).toList());
    without(objects, pairs.stream().map(Pair::right).toList());
    return pairs;
  }

  private static void without(List<LabelledBox> boxes, List<Integer> places) {
    places.stream().sorted((a, b) -> b - a).forEach(place -> boxes.remove(place.intValue()));
  }

  private void add(int classIndex, UnaryOperator<ReviewWork> more) {
    byClass.merge(classIndex, more.apply(NONE), Acts::sum);
  }

  static ReviewWork sum(ReviewWork a, ReviewWork b) {
    return plus(a, b.kept(), b.adjusted(), b.relabelled(), b.deleted(), b.added());
  }

  private static ReviewWork plus(
      ReviewWork w, int kept, int adjusted, int relabelled, int deleted, int added) {
    return new ReviewWork(
        w.kept() + kept,
        w.adjusted() + adjusted,
        w.relabelled() + relabelled,
        w.deleted() + deleted,
        w.added() + added);
  }
}
