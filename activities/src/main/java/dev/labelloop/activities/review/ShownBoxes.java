package dev.labelloop.activities.review;

import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a reviewer does with the boxes shown, given the objects that are there.
 *
 * <p>A shown box belongs to an object if they overlap by at least {@value #SAME_OBJECT_IOU}, COCO's
 * loosest threshold: of less, all four edges are wrong and a new box is drawn as fast. Boxes and
 * objects are paired one to one by falling overlap, those of equal class first. A paired box of the
 * right class is kept from {@value #FITTING_IOU} on, COCO's strict threshold, else adjusted; one of
 * another class is relabelled, and moved in the same go if need be. Boxes without an object are
 * deleted, objects without a box are drawn.
 */
public final class ShownBoxes {
  public static final double SAME_OBJECT_IOU = 0.5;
  public static final double FITTING_IOU = 0.75;

  private final List<Detection> shown;
  private final List<LabelledBox> objects;
  private final boolean[] boxTaken;
  private final boolean[] objectTaken;

  private ShownBoxes(List<Detection> shown, List<LabelledBox> objects) {
    this.shown = shown;
    this.objects = objects;
    this.boxTaken = new boolean[shown.size()];
    this.objectTaken = new boolean[objects.size()];
  }

  /** The work that turns {@code shown} into {@code objects}. */
  public static ReviewWork compare(List<Detection> shown, List<LabelledBox> objects) {
    ShownBoxes boxes = new ShownBoxes(shown, objects);
    List<Pair> sameClass = boxes.pair(true);
    int kept = (int) sameClass.stream().filter(pair -> pair.iou >= FITTING_IOU).count();
    int relabelled = boxes.pair(false).size();
    int paired = sameClass.size() + relabelled;
    return new ReviewWork(
        kept, sameClass.size() - kept, relabelled, shown.size() - paired, objects.size() - paired);
  }

  private record Pair(int box, int object, double iou) {}

  /** Pairs what is free, by falling overlap; of equal overlaps the earlier box goes first. */
  private List<Pair> pair(boolean sameClass) {
    List<Pair> possible = new ArrayList<>();
    for (int b = 0; b < shown.size(); b++) {
      for (int o = 0; o < objects.size(); o++) {
        boolean sameHere = shown.get(b).classIndex() == objects.get(o).classIndex();
        double iou = shown.get(b).box().iou(objects.get(o).box());
        if (sameHere == sameClass && iou >= SAME_OBJECT_IOU) {
          possible.add(new Pair(b, o, iou));
        }
      }
    }
    possible.sort(Comparator.comparingDouble(Pair::iou).reversed()); // stable
    return possible.stream().filter(this::take).toList();
  }

  private boolean take(Pair pair) {
    if (boxTaken[pair.box] || objectTaken[pair.object]) {
      return false;
    }
    boxTaken[pair.box] = true;
    objectTaken[pair.object] = true;
    return true;
  }
}
