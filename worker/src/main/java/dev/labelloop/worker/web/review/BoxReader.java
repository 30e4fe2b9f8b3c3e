package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.worker.web.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads boxes that people draw on an image.
 *
 * @param classes of the campaign
 */
record BoxReader(StoredImage image, List<String> classes) {
  /** Several times as many as any published data set has on an image. */
  private static final int MOST = 10_000;

  /** Pixels; as exact as boxes are in any format. */
  private static final double LEAST_SIDE = 0.001;

  private static final List<String> FIELDS = List.of("x", "y", "width", "height", "class");

  /** The field {@code boxes}: every object in the image; a skipped one has none. */
  List<LabelledBox> boxes(JsonNode root, ReviewOutcome outcome) {
    JsonNode list = root.path("boxes");
    boolean skipped = outcome == ReviewOutcome.SKIPPED;
    if (skipped && (list.isMissingNode() || list.isEmpty())) {
      return List.of();
    }
    if (skipped) {
      throw Fields.fault("boxes", list, "a skipped image has none, send []");
    }
    if (!list.isArray()) {
      throw Fields.fault("boxes", list, "send a list with every object in the image, [] for none");
    }
    if (list.size() > MOST) {
      throw Refusal.badRequest(
          "boxes has " + list.size() + " entries: an image takes " + MOST + " at most");
    }
    List<LabelledBox> boxes = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      boxes.add(box(list.get(i), "boxes[" + i + "]"));
    }
    return boxes;
  }

  private LabelledBox box(JsonNode box, String where) {
    if (!box.isObject()) {
      throw Fields.fault(where, box, "send {x, y, width, height, class}");
    }
    Fields.known(box, where + ".", FIELDS);
    return label(box, where);
  }

  /** A box and its class, among other fields. */
  LabelledBox label(JsonNode box, String where) {
    Box drawn = area(box, where);
    JsonNode name = box.path("class");
    int classIndex = name.isTextual() ? classes.indexOf(name.textValue()) : -1;
    if (classIndex < 0) {
      throw Fields.fault(where + ".class", name, "use one of " + String.join(", ", classes));
    }
    return new LabelledBox(drawn, classIndex);
  }

  private Box area(JsonNode box, String where) {
    double x = Fields.number(box, where + ".", "x");
    double y = Fields.number(box, where + ".", "y");
    double width = Fields.number(box, where + ".", "width");
    double height = Fields.number(box, where + ".", "height");
    for (String side : List.of("width", "height")) {
      if (box.path(side).doubleValue() < LEAST_SIDE) {
        throw Fields.fault(
            where + "." + side,
            box.path(side),
            "a side has " + LEAST_SIDE + " pixels at least, leave the box out if not");
      }
    }
    ImageSize size = new ImageSize(image.width(), image.height());
    double slack = BoxChecks.TOLERANCE;
    boolean inside =
        x >= -slack
            && y >= -slack
            && x + width <= size.width() + slack
            && y + height <= size.height() + slack;
    Box drawn = new Box(x, y, width, height);
    return (inside ? BoxChecks.cut(drawn, size) : Optional.<Box>empty())
        .orElseThrow(
            () ->
                Fields.fault(
                    where,
                    box,
                    "it lies outside the image, whose upright size is " + size + " pixels"));
  }
}
