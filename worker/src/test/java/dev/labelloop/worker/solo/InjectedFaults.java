package dev.labelloop.worker.solo;

import dev.labelloop.activities.review.SuspicionKind;
import dev.labelloop.activities.training.TrainingExample;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Faults put into the labels of a data set: of all labels, drawn uniformly, a share is taken away,
 * a share is moved and resized so that it overlaps its object by {@value #LEAST_IOU} to {@value
 * #MOST_IOU}, and a share gets another class.
 */
final class InjectedFaults {
  /** Less is rather another object: TIDE's threshold of the background (arXiv 2008.08115). */
  static final double LEAST_IOU = 0.1;

  /** From here on COCO's loosest threshold would let it pass. */
  static final double MOST_IOU = 0.5;

  private static final double FURTHEST = 0.6;
  private static final double LARGEST = 1.6;

  private final double share;
  private final int classes;
  private final long seed;
  private final List<Fault> faults = new ArrayList<>();
  private final List<TrainingExample> faulty = new ArrayList<>();

  /**
   * A fault.
   *
   * @param right the label as it was
   * @param wrong the label as it is now; the same as {@code right} where it was taken away
   */
  record Fault(ImageId image, SuspicionKind kind, LabelledBox right, LabelledBox wrong) {}

  private record Place(TrainingExample example, int label, double draw) {}

  private InjectedFaults(double share, int classes, long seed) {
    this.share = share;
    this.classes = classes;
    this.seed = seed;
  }

  /**
   * Puts faults in.
   *
   * @param share of the labels, for each kind
   */
  static InjectedFaults into(LabelledFolder data, double share, long seed) {
    InjectedFaults faults = new InjectedFaults(share, data.classes().size(), seed);
    faults.put(data);
    return faults;
  }

  /** The faults. */
  List<Fault> faults() {
    return faults;
  }

  /** All examples, their labels with the faults. */
  List<TrainingExample> examples() {
    return faulty;
  }

  private void put(LabelledFolder data) {
    List<Place> places = new ArrayList<>();
    for (TrainingExample example : data.examples()) {
      for (int i = 0; i < example.boxes().size(); i++) {
        places.add(new Place(example, i, Draws.uniform(seed, example.image(), i, "fault")));
      }
    }
    places.sort(Comparator.comparingDouble(Place::draw));
    int each = (int) Math.round(share * places.size());
    SuspicionKind[] kinds = SuspicionKind.values();
    for (Place place : places.subList(0, each * kinds.length)) {
      add(place, kinds[faults.size() % kinds.length]);
    }
    for (TrainingExample example : data.examples()) {
      faulty.add(
          new TrainingExample(
              example.image(), labels(example), example.ignore(), example.weight()));
    }
  }

  private List<LabelledBox> labels(TrainingExample example) {
    List<LabelledBox> labels = new ArrayList<>(example.boxes());
    for (Fault fault : faults) {
      if (fault.image().equals(example.image())) {
        int at = labels.indexOf(fault.right());
        if (fault.kind() == SuspicionKind.OVERLOOKED) {
          labels.remove(at);
        } else {
          labels.set(at, fault.wrong());
        }
      }
    }
    return labels;
  }

  private void add(Place place, SuspicionKind kind) {
    ImageId image = place.example().image();
    LabelledBox right = place.example().boxes().get(place.label());
    RandomGenerator draws = Draws.of(seed, image, place.label(), kind);
    LabelledBox wrong =
        switch (kind) {
          case OVERLOOKED -> right;
          case BADLY_LOCATED -> new LabelledBox(moved(right.box(), draws), right.classIndex());
          case SWAPPED ->
              new LabelledBox(
                  right.box(), (right.classIndex() + 1 + draws.nextInt(classes - 1)) % classes);
        };
    faults.add(new Fault(image, kind, right, wrong));
  }

  private static Box moved(Box box, RandomGenerator draws) {
    while (true) {
      double width = box.width() * scale(draws);
      double height = box.height() * scale(draws);
      double x = box.x() + box.width() * draws.nextDouble(-FURTHEST, FURTHEST);
      double y = box.y() + box.height() * draws.nextDouble(-FURTHEST, FURTHEST);
      Box moved = new Box(x, y, width, height);
      double iou = moved.iou(box);
      if (iou >= LEAST_IOU && iou <= MOST_IOU) {
        return moved;
      }
    }
  }

  /** As likely smaller as larger. */
  private static double scale(RandomGenerator draws) {
    return Math.pow(LARGEST, draws.nextDouble(-1, 1));
  }
}
