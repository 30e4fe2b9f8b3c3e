package dev.labelloop.activities.format.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.format.json.JsonEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line that somebody has labelled.
 *
 * @param at its number, for messages
 * @param key of the image in its bucket, or its path
 * @param labels with the boxes
 * @param metadata with classes and confidences
 */
record ManifestLine(String at, String key, JsonEntry labels, JsonEntry metadata) {
  static final String TYPE = "groundtruth/object-detection";
  static final String METADATA = "-metadata";

  /** Nothing if nobody has labelled it, or it is at fault, which is noted. */
  static Optional<ManifestLine> of(JsonEntry line) {
    String name = chosen(line);
    if (name == null) {
      return Optional.empty();
    }
    String address = line.text("source-ref");
    Optional<String> key = address == null ? Optional.empty() : ImageRoot.key(address);
    if (address != null && key.isEmpty()) {
      line.problems()
          .add(
              line.at()
                  + ": source-ref '"
                  + address
                  + "' tells no path: write s3://BUCKET/PATH, or the path alone");
    }
    return key.map(
        path -> new ManifestLine(line.at(), path, part(line, name), part(line, name + METADATA)));
  }

  private static JsonEntry part(JsonEntry line, String name) {
    return new JsonEntry(line.node().path(name), line.at() + ": " + name, line.problems());
  }

  /** The newest boxes. Times are ISO 8601 in one zone, so their texts have their order. */
  private static @Nullable String chosen(JsonEntry line) {
    List<String> names = new ArrayList<>();
    for (Iterator<String> fields = line.node().fieldNames(); fields.hasNext(); ) {
      String name = fields.next();
      if (holdsBoxes(line, name)) {
        names.add(name);
      }
    }
    names.sort(Comparator.comparing((String name) -> created(line.node(), name)).reversed());
    if (names.size() > 1
        && created(line.node(), names.get(0)).equals(created(line.node(), names.get(1)))) {
      line.problems()
          .add(
              line.at()
                  + ": '"
                  + names.get(0)
                  + "' and '"
                  + names.get(1)
                  + "' are boxes of the same creation-date: take one of them out");
      return null;
    }
    return names.isEmpty() ? null : names.get(0);
  }

  private static String created(JsonNode line, String name) {
    return line.path(name + METADATA).path("creation-date").asText();
  }

  private static boolean holdsBoxes(JsonEntry line, String name) {
    JsonNode metadata = line.node().path(name + METADATA);
    boolean boxes = line.node().path(name).has("annotations");
    if (boxes && !metadata.isObject()) {
      line.problems().add(line.at() + ": '" + name + "' has no '" + name + METADATA + "': add it");
      return false;
    }
    return metadata.path("type").asText(boxes ? TYPE : "").equals(TYPE);
  }
}
