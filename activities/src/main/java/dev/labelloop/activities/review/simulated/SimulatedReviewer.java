package dev.labelloop.activities.review.simulated;

import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.review.HumanTime;
import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.activities.review.ShownBoxes;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import dev.labelloop.review.ReviewOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers as a person would who knows the truth, with that person's faults and time.
 *
 * <p>The reviewer sees the truth through its faults, the same whatever is shown, so that two
 * campaigns over the same images get equally bad labels: an overlooked object is not in the answer,
 * and a shown box on it is deleted; a mistaken class is given to the shown box too. Imprecise edges
 * only change the stored box, not whether a shown one seems to fit. Every draw is keyed by seed,
 * image and object.
 *
 * <p>The stored boxes are those of the (faulty) truth, also where a shown box was kept: a person
 * who lets a box stand vouches for the object, and in a simulation the label is then as good as a
 * drawn one. {@link ShownBoxes} says what counts as kept.
 */
public final class SimulatedReviewer {
  private final Faults faults;
  private final HumanTime time;
  private final int classes;
  private final long seed;

  /**
   * @param faults how it errs
   * @param time how long it takes
   * @param classes length of the campaign's class list
   * @param seed of the campaign
   */
  public SimulatedReviewer(Faults faults, HumanTime time, int classes, long seed) {
    this.faults = faults;
    this.time = time;
    this.classes = classes;
    this.seed = seed;
  }

  /** A reviewer with the same habits whose faults lie elsewhere: the one of a second look. */
  SimulatedReviewer again(int round) {
    return new SimulatedReviewer(faults, time, classes, Draws.hash(seed, "second look", round));
  }

  /**
   * Reviews one image.
   *
   * @param image which, with the size that keeps jittered boxes inside
   * @param truth all objects in it
   * @param shown the boxes that the tool proposes
   */
  public SimulatedAnswer review(StoredImage image, List<LabelledBox> truth, List<Detection> shown) {
    List<LabelledBox> seen = new ArrayList<>();
    List<LabelledBox> stored = new ArrayList<>();
    for (LabelledBox object : truth) {
      if (draw(image, "missed", object) < faults.missed()) {
        continue;
      }
      LabelledBox named = new LabelledBox(object.box(), classSeen(image, object));
      seen.add(named);
      stored.add(new LabelledBox(boxDrawn(image, object), named.classIndex()));
    }
    ReviewWork work = ShownBoxes.compare(shown, seen);
    ReviewOutcome outcome = work.touched() == 0 ? ReviewOutcome.ACCEPTED : ReviewOutcome.CORRECTED;
    return new SimulatedAnswer(outcome, stored, work, time.seconds(work));
  }

  private int classSeen(StoredImage image, LabelledBox object) {
    if (classes < 2 || draw(image, "wrong class", object) >= faults.wrongClass()) {
      return object.classIndex();
    }
    int other = (int) (draw(image, "which class", object) * (classes - 1));
    return other < object.classIndex() ? other : other + 1;
  }

  private Box boxDrawn(StoredImage image, LabelledBox object) {
    return faults.jitterIou() == 0
        ? object.box()
        : EdgeJitter.of(
            object.box(),
            image.width(),
            image.height(),
            faults.jitterIou(),
            Draws.of(seed, image.id(), "jitter", key(object)));
  }

  private double draw(StoredImage image, String purpose, LabelledBox object) {
    return Draws.uniform(seed, image.id(), purpose, key(object));
  }

  /** The same on every JDK, whose ways to print a double differ. */
  private static String key(LabelledBox object) {
    Box box = object.box();
    return object.classIndex()
        + ":"
        + Double.doubleToLongBits(box.x())
        + ":"
        + Double.doubleToLongBits(box.y())
        + ":"
        + Double.doubleToLongBits(box.width())
        + ":"
        + Double.doubleToLongBits(box.height());
  }
}
