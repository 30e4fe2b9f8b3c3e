package dev.labelloop.worker.page;

import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A made-up model: what it proposes is the truth with a model's mistakes in known shares. Right
 * boxes are more certain than wrong ones, with some overlap, as a model's are.
 *
 * @param moved share of things whose box needs an edit
 * @param missed share of things that are not seen
 * @param wrongClass share of things that are taken for another class
 * @param extra boxes where nothing is, as a share of all things
 */
record Proposer(double moved, double missed, double wrongClass, double extra, int classes) {
  /** "Strong" in the human-time model: 90 in 100 are right as they are. */
  static Proposer strong(int classes) {
    return new Proposer(0.05, 0.03, 0.02, 0.03, classes);
  }

  /** "Weak" there: 70 in 100. */
  static Proposer weak(int classes) {
    return new Proposer(0.15, 0.10, 0.05, 0.10, classes);
  }

  /** What it sees in a picture; always the same for one name. */
  List<Detection> propose(String name, int width, int height, List<LabelledBox> truth) {
    RandomGenerator random = Draws.of(7, "propose", name);
    List<Detection> seen = new ArrayList<>();
    for (LabelledBox thing : truth) {
      double fate = random.nextDouble();
      double confidence = random.nextDouble(0.55, 1);
      double doubt = random.nextDouble(0.35, 0.75);
      if (fate < missed) {
        continue;
      } else if (fate < missed + moved) {
        seen.add(new Detection(shifted(thing.box(), random), thing.classIndex(), doubt));
      } else if (fate < missed + moved + wrongClass) {
        int other = (thing.classIndex() + 1 + random.nextInt(classes - 1)) % classes;
        seen.add(new Detection(thing.box(), other, doubt));
      } else {
        seen.add(new Detection(thing.box(), thing.classIndex(), confidence));
      }
      if (random.nextDouble() < extra) {
        seen.add(nothing(width, height, random));
      }
    }
    return seen;
  }

  /** Off by a sixth of its size: an IoU of about 0.7. Inwards, so it stays in the picture. */
  private static Box shifted(Box box, RandomGenerator random) {
    double dx = box.width() / 6 * (random.nextBoolean() ? 1 : 0.5);
    double dy = box.height() / 6 * (random.nextBoolean() ? 1 : 0.5);
    return new Box(box.x() + dx, box.y() + dy, box.width() - dx, box.height() - dy);
  }

  private Detection nothing(int width, int height, RandomGenerator random) {
    double w = width / 6.0;
    double h = height / 6.0;
    Box box = new Box(random.nextDouble() * (width - w), random.nextDouble() * (height - h), w, h);
    return new Detection(box, random.nextInt(classes), random.nextDouble(0.3, 0.6));
  }
}
