package dev.labelloop.activities.review.quality;

import dev.labelloop.activities.review.quality.Agreement.Pair;
import dev.labelloop.label.LabelledBox;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Cohen's kappa of what two people say that objects are (Cohen 1960, <a
 * href="https://doi.org/10.1177/001316446002000104">A coefficient of agreement for nominal
 * scales</a>): {@code (observed - chance) / (1 - chance)}, 1 for agreement, 0 for what chance
 * brings, in [-1, 1].
 *
 * <p>Boxes are paired whatever their class ({@link Agreement}); each pair is one object with two
 * opinions, and a box alone is one that the other person calls <i>nothing there</i>, a category of
 * its own. That both see nothing cannot be counted. So kappa is low wherever people overlook, and
 * says nothing where only one class occurs: it is empty then, and F1 tells.
 */
public final class Kappa {
  /** Row: class of the first, column: class of the second; the last of both is "nothing there". */
  private final long[][] table;

  private final int classes;

  /**
   * An empty table.
   *
   * @param classes length of the class list
   */
  public Kappa(int classes) {
    this.classes = classes;
    table = new long[classes + 1][classes + 1];
  }

  /** Counts an image. */
  public void add(List<LabelledBox> left, List<LabelledBox> right) {
    boolean[] leftTaken = new boolean[left.size()];
    boolean[] rightTaken = new boolean[right.size()];
    for (Pair pair : Agreement.pairs(left, right, false)) {
      leftTaken[pair.left()] = true;
      rightTaken[pair.right()] = true;
      table[left.get(pair.left()).classIndex()][right.get(pair.right()).classIndex()]++;
    }
    for (int i = 0; i < left.size(); i++) {
      table[left.get(i).classIndex()][classes] += leftTaken[i] ? 0 : 1;
    }
    for (int i = 0; i < right.size(); i++) {
      table[classes][right.get(i).classIndex()] += rightTaken[i] ? 0 : 1;
    }
  }

  /** Over all classes; empty where fewer than two occur. */
  public OptionalDouble value() {
    if (IntStream.range(0, classes).filter(c -> row(c) + column(c) > 0).count() < 2) {
      return OptionalDouble.empty();
    }
    double all = all();
    double observed = 0;
    double chance = 0;
    for (int c = 0; c <= classes; c++) {
      observed += table[c][c] / all;
      chance += row(c) / all * (column(c) / all);
    }
    return OptionalDouble.of((observed - chance) / (1 - chance));
  }

  /**
   * Of one class against all else; empty where no object is of this class, or no object of another.
   */
  public OptionalDouble value(int classIndex) {
    double all = all();
    double row = row(classIndex);
    double column = column(classIndex);
    double both = table[classIndex][classIndex];
    boolean others =
        IntStream.range(0, classes).anyMatch(c -> c != classIndex && row(c) + column(c) > 0);
    if (row + column == 0 || !others) {
      return OptionalDouble.empty();
    }
    double observed = (all - row - column + 2 * both) / all;
    double chance = (row * column + (all - row) * (all - column)) / (all * all);
    return OptionalDouble.of((observed - chance) / (1 - chance));
  }

  private long all() {
    return IntStream.rangeClosed(0, classes).mapToLong(this::row).sum();
  }

  private long row(int category) {
    return IntStream.rangeClosed(0, classes).mapToLong(c -> table[category][c]).sum();
  }

  private long column(int category) {
    return IntStream.rangeClosed(0, classes).mapToLong(c -> table[c][category]).sum();
  }
}
