package dev.labelloop.activities.format.labelstudio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.format.BoxChecks.ImageLocation;
import dev.labelloop.activities.format.BoxLabel;
import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ImageGate;
import dev.labelloop.activities.format.ImageLabels;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.json.JsonEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the tasks of one file, each by itself. */
final class LabelStudioTask {
  private final boolean predictions;
  private final ImageGate gate;
  private final LabelStudioRegion regions;
  private final Problems problems;

  LabelStudioTask(boolean predictions, ImageGate gate, ClassGate classes, Problems problems) {
    this.predictions = predictions;
    this.gate = gate;
    this.regions = new LabelStudioRegion(predictions, classes, problems);
    this.problems = problems;
  }

  /** A task's image; nothing if nobody has answered it, or it is at fault, which is noted. */
  Optional<ImageLabels> read(JsonEntry task) {
    String field = predictions ? "predictions" : "annotations";
    JsonNode answers = task.node().path(field);
    if (!answers.isArray() || !task.node().path("data").isObject()) {
      problems.add(
          task.at()
              + ": no list '"
              + field
              + "' or no 'data': export the project as JSON; boxes of a model alone are read as"
              + " labelstudio-predictions");
      return Optional.empty();
    }
    JsonNode answer = chosen(answers);
    String path = answer == null ? null : path(task);
    if (answer == null || path == null) {
      return Optional.empty();
    }
    List<JsonEntry> found = entries(task.at(), answer);
    JsonEntry sized =
        found.stream()
            .filter(region -> region.has("original_width"))
            .findFirst()
            .orElse(new JsonEntry(task.node().path("data"), task.at() + ": data", problems));
    String prefix = sized.has("original_width") ? "original_" : "";
    ImageSize size =
        gate.size(
            task.at(),
            "image",
            path,
            sized.has(prefix + "width") ? sized.id(prefix + "width") : null,
            sized.has(prefix + "height") ? sized.id(prefix + "height") : null);
    return size == null ? Optional.empty() : Optional.of(labels(found, path, size));
  }

  private ImageLabels labels(List<JsonEntry> found, String path, ImageSize size) {
    List<BoxLabel> boxes = new ArrayList<>();
    for (JsonEntry region : found) {
      regions.read(region, new ImageLocation(region.at(), path, size)).ifPresent(boxes::add);
    }
    return new ImageLabels(path, size.width(), size.height(), boxes);
  }

  private List<JsonEntry> entries(String at, JsonNode answer) {
    List<JsonEntry> entries = new ArrayList<>();
    JsonNode result = answer.path("result");
    if (!result.isArray()) {
      problems.add(at + ": an answer has no list 'result': write [] for no objects");
    }
    for (JsonNode region : result) {
      entries.add(new JsonEntry(region, at + " result[" + entries.size() + "]", problems));
    }
    return entries;
  }

  /** Times are ISO 8601 in one zone, so their texts have their order. */
  private static @Nullable JsonNode chosen(JsonNode answers) {
    JsonNode best = null;
    for (JsonNode answer : answers) {
      if (!answer.path("was_cancelled").asBoolean() && (best == null || rank(answer, best) >= 0)) {
        best = answer;
      }
    }
    return best;
  }

  private static int rank(JsonNode a, JsonNode b) {
    int truth =
        Boolean.compare(a.path("ground_truth").asBoolean(), b.path("ground_truth").asBoolean());
    return truth != 0 ? truth : time(a).compareTo(time(b));
  }

  private static String time(JsonNode answer) {
    return answer.path("updated_at").asText(answer.path("created_at").asText());
  }

  private @Nullable String path(JsonEntry task) {
    JsonEntry data = new JsonEntry(task.node().path("data"), task.at() + ": data", problems);
    String text = data.has("path") ? data.text("path") : data.text("image");
    if (text == null || data.has("path")) {
      return text;
    }
    Optional<String> path = LabelStudioOptions.path(text);
    if (path.isEmpty()) {
      problems.add(
          data.at() + ": image '" + text + "' tells no path in the image folder: add data.path");
    }
    return path.orElse(null);
  }
}
