package dev.labelloop.activities.evaluation.errors;

import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The errors in one image, and the image as it were without some of them. */
final class ImageErrors {
  private final Matching matching;
  private final @Nullable ErrorType[] types;

  /** By detection: the object that it is mended to. */
  private final int[] mendedTo;

  /** By object that no detection has found: the surest that is mended to it. */
  private final int[] mendedBy;

  private ImageErrors(Matching matching) {
    this.matching = matching;
    types = new ErrorType[matching.found().size()];
    mendedTo = Matching.filled(matching.found().size());
    mendedBy = Matching.filled(matching.truth().size());
  }

  static ImageErrors of(List<LabelledBox> truth, List<Detection> found) {
    ImageErrors errors = new ImageErrors(Matching.of(truth, found, Thresholds.FOREGROUND_IOU));
    for (int d = 0; d < errors.types.length; d++) {
      if (errors.matching.truthOf(d) == Matching.NONE) {
        errors.types[d] = errors.judge(d);
      }
    }
    return errors;
  }

  Matching matching() {
    return matching;
  }

  /** What is wrong with a detection; null if nothing is. */
  @Nullable ErrorType type(int detection) {
    return types[detection];
  }

  /** Whether an object is an error of type {@link ErrorType#MISSED}. */
  boolean missed(int object) {
    return matching.foundBy(object) == Matching.NONE && mendedBy[object] == Matching.NONE;
  }

  private ErrorType judge(int d) {
    int same = nearest(d, true);
    int other = nearest(d, false);
    double sameIou = iou(d, same);
    double otherIou = iou(d, other);
    if (sameIou >= Thresholds.BACKGROUND_IOU && sameIou < Thresholds.FOREGROUND_IOU) {
      mend(d, same);
      return ErrorType.LOCATION;
    }
    if (otherIou >= Thresholds.FOREGROUND_IOU) {
      mend(d, other);
      return ErrorType.CLASS;
    }
    if (sameIou >= Thresholds.FOREGROUND_IOU) { // else it would have found it
      return ErrorType.DUPLICATE;
    }
    return otherIou < Thresholds.BACKGROUND_IOU ? ErrorType.BACKGROUND : ErrorType.BOTH;
  }

  private void mend(int d, int object) {
    if (missed(object)) {
      mendedTo[d] = object;
      mendedBy[object] = d;
    }
  }

  /** The object of the detection's class, or of another, that it overlaps most. */
  private int nearest(int d, boolean sameClass) {
    List<LabelledBox> truth = matching.truth();
    int nearest = Matching.NONE;
    for (int t = 0; t < truth.size(); t++) {
      boolean same = truth.get(t).classIndex() == matching.found().get(d).classIndex();
      if (same == sameClass && iou(d, t) > iou(d, nearest)) {
        nearest = t;
      }
    }
    return nearest;
  }

  private double iou(int d, int object) {
    return object == Matching.NONE
        ? 0
        : matching.found().get(d).box().iou(matching.truth().get(object).box());
  }

  /** The objects, without those missed if they are to be mended. */
  List<LabelledBox> truth(Set<ErrorType> mended) {
    List<LabelledBox> kept = new ArrayList<>();
    for (int t = 0; t < matching.truth().size(); t++) {
      if (!mended.contains(ErrorType.MISSED) || !missed(t)) {
        kept.add(matching.truth().get(t));
      }
    }
    return kept;
  }

  /** The detections, those of these types mended. */
  List<Detection> found(Set<ErrorType> mended) {
    List<Detection> kept = new ArrayList<>();
    for (int d = 0; d < types.length; d++) {
      Detection detection = matching.found().get(d);
      if (types[d] == null || !mended.contains(types[d])) {
        kept.add(detection);
      } else if (mendedTo[d] != Matching.NONE) {
        LabelledBox object = matching.truth().get(mendedTo[d]);
        kept.add(new Detection(object.box(), object.classIndex(), detection.confidence()));
      }
    }
    return kept;
  }
}
