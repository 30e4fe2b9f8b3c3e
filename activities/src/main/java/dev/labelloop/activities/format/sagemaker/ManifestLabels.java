package dev.labelloop.activities.format.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImageGate;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.json.JsonEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the labels of one manifest, line by line. */
final class ManifestLabels {
  private final ImageGate gate;
  private final ManifestClasses classes;
  private final Problems problems;

  ManifestLabels(ImportChecks checks, Problems problems) {
    this.gate = new ImageGate(checks, problems);
    this.classes = new ManifestClasses(checks, problems);
    this.problems = problems;
  }

  ClassTable classes() {
    return classes.table();
  }

  /** The image of a line; nothing if it is at fault, which is noted. */
  Optional<ImageLabels> read(ManifestLine line, String path) {
    JsonNode annotations = line.labels().node().path("annotations");
    if (!annotations.isArray()) {
      problems.add(line.labels().at() + ": has no list 'annotations': write [] for no objects");
      return Optional.empty();
    }
    JsonNode first = line.labels().node().path("image_size").path(0);
    JsonEntry told = new JsonEntry(first, line.labels().at() + ".image_size[0]", problems);
    ImageSize size =
        gate.size(
            line.at(),
            "source-ref",
            path,
            told.has("width") ? told.id("width") : null,
            told.has("height") ? told.id("height") : null);
    Map<Long, String> names = classes.of(line.metadata());
    JsonNode objects = scores(line.metadata(), annotations.size());
    if (size == null) {
      return Optional.empty();
    }
    List<BoxLabel> boxes = new ArrayList<>();
    for (int i = 0; i < annotations.size(); i++) {
      String number = "[" + i + "]";
      JsonEntry box =
          new JsonEntry(annotations.get(i), line.labels().at() + ".annotations" + number, problems);
      JsonEntry object =
          new JsonEntry(objects.path(i), line.metadata().at() + ".objects" + number, problems);
      box(box, names, score(object), new ImageLocation(box.at(), path, size)).ifPresent(boxes::add);
    }
    return Optional.of(new ImageLabels(path, size.width(), size.height(), boxes));
  }

  /**
   * Confidences beside the boxes, where a model drew them; those of people tell how far workers
   * agreed.
   */
  private JsonNode scores(JsonEntry metadata, int boxes) {
    JsonNode objects = metadata.node().path("objects");
    if (!metadata.node().path("human-annotated").asText().equals("no")) {
      return metadata.node().path(""); // missing
    }
    if (objects.size() != boxes) {
      problems.add(
          metadata.at()
              + ": "
              + objects.size()
              + " objects stand beside "
              + boxes
              + " annotations: write one for each");
    }
    return objects;
  }

  /** A confidence of 0 stands for none. */
  private static @Nullable Double score(JsonEntry object) {
    Double confidence = object.has("confidence") ? object.share("confidence") : null;
    return confidence == null || confidence == 0 ? null : confidence;
  }

  private Optional<BoxLabel> box(
      JsonEntry entry, Map<Long, String> names, @Nullable Double score, ImageLocation image) {
    Long id = entry.id("class_id");
    Double left = entry.number("left");
    Double top = entry.number("top");
    Double width = entry.number("width");
    Double height = entry.number("height");
    if (id == null || left == null || top == null || width == null || height == null) {
      return Optional.empty();
    }
    String name = names.get(id);
    if (name == null) {
      problems.add(
          entry.at()
              + ": class_id "
              + id
              + " is not in the class-map "
              + names
              + ": name it there");
      return Optional.empty();
    }
    return classes
        .index(entry.at(), name)
        .flatMap(
            index ->
                BoxChecks.checked(left, top, width, height, image, problems)
                    .map(box -> new BoxLabel(box, index, score, false)));
  }
}
