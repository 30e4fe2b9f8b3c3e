package dev.labelloop.activities.format.labelstudio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.RotatedBox;
import dev.labelloop.activities.format.json.JsonEntry;
import dev.labelloop.core.Box;
import java.util.Optional;
import java.util.Set;

/** Reads one entry of an answer's result. */
final class LabelStudioRegion {
  /** Answers about the whole image, or about regions that have an entry of their own. */
  private static final Set<String> NO_REGION =
      Set.of("choices", "textarea", "rating", "number", "datetime", "taxonomy", "relation");

  private final boolean scores;
  private final ClassGate classes;
  private final Problems problems;

  LabelStudioRegion(boolean scores, ClassGate classes, Problems problems) {
    this.scores = scores;
    this.classes = classes;
    this.problems = problems;
  }

  /** A box; nothing if it is no region, or at fault, which is noted. */
  Optional<BoxLabel> read(JsonEntry region, ImageLocation image) {
    String type = region.node().path("type").asText();
    if (NO_REGION.contains(type)) {
      return Optional.empty();
    }
    JsonNode names = region.node().path("value").path("rectanglelabels");
    if (!type.equals("rectanglelabels") || names.size() != 1 || !names.path(0).isTextual()) {
      problems.add(
          region.at()
              + ": type '"
              + type
              + "' with rectanglelabels "
              + (names.isMissingNode() ? "missing" : names)
              + " is no box of one class: draw a rectangle with one label in its place");
      return Optional.empty();
    }
    if (region.node().path("image_rotation").asDouble() != 0) {
      problems.add(
          region.at()
              + ": image_rotation is "
              + region.node().path("image_rotation")
              + ": label the image as it stands upright, 0");
      return Optional.empty();
    }
    Double score = scores && region.has("score") ? region.share("score") : null;
    Optional<Integer> index = classes.index(region.at(), names.path(0).asText());
    return box(region, image)
        .flatMap(box -> index.map(place -> new BoxLabel(box, place, score, false)));
  }

  private Optional<Box> box(JsonEntry region, ImageLocation image) {
    JsonEntry value = new JsonEntry(region.node().path("value"), region.at() + " value", problems);
    Double left = value.number("x");
    Double top = value.number("y");
    Double across = value.number("width");
    Double down = value.number("height");
    Double degrees = value.has("rotation") ? value.number("rotation") : Double.valueOf(0);
    if (left == null || top == null || across == null || down == null || degrees == null) {
      return Optional.empty();
    }
    ImageSize size = image.size();
    double x = left * size.width() / 100;
    double y = top * size.height() / 100;
    double width = across * size.width() / 100;
    double height = down * size.height() / 100;
    boolean plain = degrees == 0 || !(width > 0 && height > 0);
    if (plain || !Double.isFinite(x + y + width + height + degrees)) {
      return BoxChecks.checked(x, y, width, height, image, problems);
    }
    Optional<Box> around = RotatedBox.around(new Box(x, y, width, height), degrees, x, y, size);
    if (around.isEmpty()) {
      problems.add(region.at() + ": the turned box lies outside the image: take it out");
    }
    return around;
  }
}
