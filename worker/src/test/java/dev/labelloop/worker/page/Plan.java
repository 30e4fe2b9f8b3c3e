package dev.labelloop.worker.page;

import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a reviewer who knows the truth has to do to an image: one verdict for every shown box, and
 * the things that are not shown.
 */
record Plan(List<Verdict> verdicts, List<LabelledBox> missing) {
  /** Nobody would move the edges of such a box. */
  private static final double GOOD_IOU = 0.9;

  /** Below, it is no box of this thing. */
  private static final double SAME_IOU = 0.5;

  /** What is wrong with a shown box. */
  enum Fault {
    NONE,
    CLASS,
    GEOMETRY,
    NO_OBJECT
  }

  /**
   * What to do with a shown box.
   *
   * @param wanted what it should be; itself where nothing is there
   */
  record Verdict(Fault fault, LabelledBox wanted) {}

  /** Compares what is shown, in its order, with the truth. */
  static Plan of(List<LabelledBox> shown, List<LabelledBox> truth) {
    Set<Integer> taken = new HashSet<>();
    List<Verdict> verdicts = new ArrayList<>();
    for (LabelledBox box : shown) {
      int best = nearest(box.box(), truth, taken);
      if (best < 0) {
        verdicts.add(new Verdict(Fault.NO_OBJECT, box));
      } else {
        taken.add(best);
        verdicts.add(verdict(box, truth.get(best)));
      }
    }
    List<LabelledBox> missing = new ArrayList<>();
    for (int i = 0; i < truth.size(); i++) {
      if (!taken.contains(i)) {
        missing.add(truth.get(i));
      }
    }
    return new Plan(verdicts, missing);
  }

  private static Verdict verdict(LabelledBox box, LabelledBox thing) {
    if (box.box().iou(thing.box()) < GOOD_IOU) {
      return new Verdict(Fault.GEOMETRY, thing);
    }
    return new Verdict(box.classIndex() == thing.classIndex() ? Fault.NONE : Fault.CLASS, thing);
  }

  /** The free thing that overlaps most, if enough; −1 for none. */
  private static int nearest(Box box, List<LabelledBox> truth, Set<Integer> taken) {
    int best = -1;
    double most = SAME_IOU;
    for (int i = 0; i < truth.size(); i++) {
      double iou = box.iou(truth.get(i).box());
      if (!taken.contains(i) && iou >= most) {
        best = i;
        most = iou;
      }
    }
    return best;
  }

  /** Whether nothing that is shown is wrong, and nothing is missing. */
  boolean isRight() {
    return missing.isEmpty() && verdicts.stream().allMatch(v -> v.fault() == Fault.NONE);
  }
}
