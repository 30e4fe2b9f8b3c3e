package dev.labelloop.worker.web.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.prediction.Detection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Boxes as JSON: pixels of the upright image, classes by name. */
final class Boxes {
  private Boxes() {}

  /**
   * A box.
   *
   * @param confidence of a detection, in [0, 1]; absent of a label
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record BoxView(
      double x,
      double y,
      double width,
      double height,
      @JsonProperty("class") String className,
      @Nullable Double confidence) {}

  static BoxView view(Box box, int classIndex, @Nullable Double confidence, List<String> classes) {
    return new BoxView(
        box.x(), box.y(), box.width(), box.height(), classes.get(classIndex), confidence);
  }

  static BoxView view(LabelledBox label, List<String> classes) {
    return view(label.box(), label.classIndex(), null, classes);
  }

  static List<BoxView> labels(List<LabelledBox> labels, List<String> classes) {
    return labels.stream().map(label -> view(label, classes)).toList();
  }

  static List<BoxView> detections(List<Detection> found, List<String> classes) {
    return found.stream().map(d -> view(d.box(), d.classIndex(), d.confidence(), classes)).toList();
  }
}
