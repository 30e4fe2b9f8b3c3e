package dev.labelloop.worker.solo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.labelloop.activities.image.ImageDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * All labels of a data set, those of the pool and those of the holdout, and the objects that its
 * publishers left out.
 *
 * <p>Those are in {@code label-errors/DATASET.json} by file: class, x, y, width and height in
 * pixels. Models proposed them, with a confidence of a quarter and more; each was looked at, and
 * refused where it was no object of a class, or its box did not fit.
 */
final class WholeDataset {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, JsonNode> images = new HashMap<>();
  private final Map<String, JsonNode> categories = new HashMap<>();
  private final ObjectNode labels = JSON.createObjectNode();
  private final ArrayNode annotations = labels.putArray("annotations");
  private int lastId;

  private WholeDataset() {}

  /**
   * Reads them.
   *
   * @param dataset a folder with {@code images}, {@code annotations/pool.json} and {@code
   *     annotations/gold.json}
   * @param work a folder to write one label file into
   */
  static LabelledFolder read(Path dataset, Path work) throws IOException {
    WholeDataset whole = new WholeDataset();
    for (String part : new String[] {"pool", "gold"}) {
      whole.add(JSON.readTree(dataset.resolve("annotations/" + part + ".json").toFile()));
    }
    String leftOut = "/label-errors/" + dataset.getFileName() + ".json";
    try (InputStream stream = WholeDataset.class.getResourceAsStream(leftOut)) {
      if (stream != null) {
        whole.addLeftOut(JSON.readTree(stream));
      }
    }
    Path file = work.resolve("labels.json");
    JSON.writeValue(file.toFile(), whole.labels);
    return LabelledFolder.read(dataset.resolve("images"), file, null, new ImageDecoder());
  }

  private void add(JsonNode part) {
    labels.set("categories", part.get("categories"));
    part.get("categories").forEach(c -> categories.put(c.get("name").asText(), c.get("id")));
    part.get("images").forEach(i -> images.put(i.get("file_name").asText(), i));
    for (JsonNode annotation : part.get("annotations")) {
      annotations.add(annotation);
      lastId = Math.max(lastId, annotation.get("id").asInt());
    }
    labels.putArray("images").addAll(images.values());
  }

  private void addLeftOut(JsonNode files) {
    for (Map.Entry<String, JsonNode> file : files.properties()) {
      for (JsonNode box : file.getValue()) {
        ObjectNode annotation = annotations.addObject();
        annotation.put("id", ++lastId);
        annotation.set("image_id", images.get(file.getKey()).get("id"));
        annotation.set("category_id", categories.get(box.get(0).asText()));
        annotation.putArray("bbox").add(box.get(1)).add(box.get(2)).add(box.get(3)).add(box.get(4));
        annotation.put("area", box.get(3).asDouble() * box.get(4).asDouble());
        annotation.put("iscrowd", 0);
      }
    }
  }
}
