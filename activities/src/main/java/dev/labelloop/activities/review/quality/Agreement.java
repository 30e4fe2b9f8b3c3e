package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.review.ShownBoxes;
import dev.labelloop.label.LabelledBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How far answers to the same image agree, in [0, 1].
 *
 * <p>Boxes of two answers are paired one to one by falling overlap, from an IoU of {@value
 * ShownBoxes#SAME_OBJECT_IOU} on; of equal overlaps those of one class go first, then the earlier
 * ones. F1 is {@code 2 * pairs / (boxes + boxes)}: the harmonic mean of precision and recall,
 * whichever of the two is held for the truth, and what Cohen's kappa tends to where the places
 * without an object cannot be counted (Hripcsak and Rothschild 2005, <a
 * href="https://doi.org/10.1197/jamia.M1733">Agreement, the F-measure, and reliability in
 * information retrieval</a>). Two empty answers agree: 1.
 */
public final class Agreement {
  private Agreement() {}

  /** Places of two boxes, one of each answer, that are the same object. */
  record Pair(int left, int right, double iou) {}

  /**
   * What F1 is made of; sums of it make the F1 of several images together.
   *
   * @param left boxes of one answer
   * @param right boxes of the other
   * @param paired boxes of one that are in the other
   */
  public record Counts(int left, int right, int paired) {
    public static final Counts NONE = new Counts(0, 0, 0);

    public Counts plus(Counts other) {
      return new Counts(left + other.left, right + other.right, paired + other.paired);
    }

    /** In [0, 1]; 1 where neither has a box. */
    public double f1() {
      return left + right == 0 ? 1 : 2.0 * paired / (left + right);
    }
  }

  /** F1 of two answers; a pair must be of one class. */
  public static double f1(List<LabelledBox> left, List<LabelledBox> right) {
    return counts(left, right).f1();
  }

  /** F1 of two answers where classes do not matter. */
  public static double boxF1(List<LabelledBox> left, List<LabelledBox> right) {
    return new Counts(left.size(), right.size(), pairs(left, right, false).size()).f1();
  }

  /** What the F1 of two answers is made of; a pair must be of one class. */
  public static Counts counts(List<LabelledBox> left, List<LabelledBox> right) {
    return new Counts(left.size(), right.size(), pairs(left, right, true).size());
  }

  /** The same of the boxes of one class alone. */
  public static Counts counts(List<LabelledBox> left, List<LabelledBox> right, int classIndex) {
    return counts(of(left, classIndex), of(right, classIndex));
  }

  /** Mean F1 over all pairs of answers; 1 where there are fewer than two. */
  public static double meanPairwiseF1(List<List<LabelledBox>> answers) {
    double sum = 0;
    for (int i = 0; i < answers.size(); i++) {
      for (int j = 0; j < i; j++) {
        sum += f1(answers.get(i), answers.get(j));
      }
    }
    int pairs = answers.size() * (answers.size() - 1) / 2;
    return pairs == 0 ? 1 : sum / pairs;
  }

  /**
   * Place of the answer that is nearest to all others: the one with the largest sum of F1 with
   * them, of equals the first, so the first of two.
   *
   * @throws IllegalArgumentException without an answer
   */
  public static int medoid(List<List<LabelledBox>> answers) {
    if (answers.isEmpty()) {
      throw new IllegalArgumentException("none of no answers is nearest to the others");
    }
    int best = 0;
    double most = -1;
    for (int i = 0; i < answers.size(); i++) {
      double sum = 0;
      for (int j = 0; j < answers.size(); j++) {
        sum += i == j ? 0 : f1(answers.get(i), answers.get(j));
      }
      if (sum > most) {
        best = i;
        most = sum;
      }
    }
    return best;
  }

  /** Pairs of boxes that are the same object, each box in one at most; by falling overlap. */
  static List<Pair> pairs(List<LabelledBox> left, List<LabelledBox> right, boolean sameClass) {
    List<Pair> possible = new ArrayList<>();
    for (int l = 0; l < left.size(); l++) {
      for (int r = 0; r < right.size(); r++) {
        double iou = left.get(l).box().iou(right.get(r).box());
        if (iou >= ShownBoxes.SAME_OBJECT_IOU && (!sameClass || agree(left, right, l, r))) {
          possible.add(new Pair(l, r, iou));
        }
      }
    }
    possible.sort( // stable
        Comparator.comparingDouble((Pair pair) -> -pair.iou)
            .thenComparing(pair -> !agree(left, right, pair.left, pair.right)));
    boolean[] leftTaken = new boolean[left.size()];
    boolean[] rightTaken = new boolean[right.size()];
    List<Pair> pairs = new ArrayList<>();
    for (Pair pair : possible) {
      if (!leftTaken[pair.left] && !rightTaken[pair.right]) {
        leftTaken[pair.left] = true;
        rightTaken[pair.right] = true;
        pairs.add(pair);
      }
    }
    return pairs;
  }

  private static boolean agree(List<LabelledBox> left, List<LabelledBox> right, int l, int r) {
    return left.get(l).classIndex() == right.get(r).classIndex();
  }

  private static List<LabelledBox> of(List<LabelledBox> boxes, int classIndex) {
    return boxes.stream().filter(box -> box.classIndex() == classIndex).toList();
  }
}
