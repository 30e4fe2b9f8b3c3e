package dev.labelloop.worker.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.core.Box;
import dev.labelloop.core.Draws;
import dev.labelloop.label.LabelledBox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of real photos with boxes that people drew: {@code images} and a COCO {@code
 * annotations.json}.
 *
 * @param classes their names
 * @param pictures without proposals
 */
record Photos(List<String> classes, List<Picture> pictures) {
  static Photos in(Path folder) throws IOException {
    JsonNode coco = new ObjectMapper().readTree(folder.resolve("annotations.json").toFile());
    List<String> classes = new ArrayList<>();
    Map<Integer, Integer> indexes = new HashMap<>();
    for (JsonNode category : coco.get("categories")) {
      indexes.put(category.get("id").asInt(), classes.size());
      classes.add(category.get("name").asText());
    }
    Map<Integer, List<LabelledBox>> truth = new HashMap<>();
    for (JsonNode one : coco.get("annotations")) {
      JsonNode edges = one.get("bbox");
      Box box =
          new Box(
              edges.get(0).asDouble(),
              edges.get(1).asDouble(),
              edges.get(2).asDouble(),
              edges.get(3).asDouble());
      truth
          .computeIfAbsent(one.get("image_id").asInt(), image -> new ArrayList<>())
          .add(new LabelledBox(box, indexes.get(one.get("category_id").asInt())));
    }
    List<Picture> pictures = new ArrayList<>();
    for (JsonNode image : coco.get("images")) {
      String file = image.get("file_name").asText();
      pictures.add(
          new Picture(
              file,
              image.get("width").asInt(),
              image.get("height").asInt(),
              truth.getOrDefault(image.get("id").asInt(), List.of()),
              List.of(),
              folder.resolve("images").resolve(file)));
    }
    return new Photos(classes, pictures);
  }

  /** So many of them, drawn by this seed. */
  List<Picture> draw(int count, long seed) {
    if (count > pictures.size()) {
      throw new IllegalArgumentException(
          "IMAGES = %d: there are %d photos, ask for no more".formatted(count, pictures.size()));
    }
    return pictures.stream()
        .sorted(
            Comparator.comparingDouble(
                picture -> Draws.of(seed, "photo", picture.file()).nextDouble()))
        .limit(count)
        .toList();
  }
}
