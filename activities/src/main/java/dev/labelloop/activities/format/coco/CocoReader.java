package dev.labelloop.activities.format.coco;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.coco.CocoDocument.Annotation;
import dev.labelloop.activities.format.coco.CocoDocument.Category;
import dev.labelloop.activities.format.coco.CocoDocument.Image;
import dev.labelloop.activities.format.json.JsonEntry;
import dev.labelloop.activities.format.json.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a COCO file entry by entry, and notes what is wrong with each entry by itself. */
final class CocoReader {
  private final Problems problems;
  private final List<Category> categories = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();
  private final List<Annotation> annotations = new ArrayList<>();
  private final Set<String> lists = new HashSet<>();
  private final Set<Long> annotationIds = new HashSet<>();

  private CocoReader(Problems problems) {
    this.problems = problems;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidLabelsException at once if it is missing or no JSON
   */
  static CocoDocument read(Path file, Problems problems) {
    CocoReader reader = new CocoReader(problems);
    JsonFile.read(file, "", "a COCO JSON file", problems, reader::read);
    return new CocoDocument(reader.categories, reader.images, reader.annotations);
  }

  private void read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      problems.add(
          "holds no object: labels are {\"images\": [...], \"annotations\": [...],"
              + " \"categories\": [...]}, a list of results alone is not enough");
      return;
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      switch (name) {
        case "images" -> each(parser, name, this::image);
        case "categories" -> each(parser, name, this::category);
        case "annotations" -> each(parser, name, this::annotation);
        default -> parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      problems.add("goes on after its end: a file holds one object");
    }
    for (String name : List.of("images", "annotations", "categories")) {
      if (!lists.contains(name)) {
        problems.add("has no list '" + name + "': add it, empty if need be");
      }
    }
  }

  private interface EntryReader {
    void read(JsonEntry entry);
  }

  private void each(JsonParser parser, String name, EntryReader reader) throws IOException {
    lists.add(name);
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      problems.add(name + " is not a list: write [...]");
      parser.skipChildren();
      return;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      JsonNode node = JsonFile.value(parser);
      reader.read(new JsonEntry(node, name + "[" + i + "]", problems));
    }
  }

  private void category(JsonEntry entry) {
    Long id = entry.id("id");
    String name = entry.text("name");
    if (id != null && name != null) {
      categories.add(new Category(entry.at(), id, name));
    }
  }

  private void image(JsonEntry entry) {
    Long id = entry.id("id");
    String name = entry.text("file_name");
    if (id != null && name != null) {
      images.add(
          new Image(
              entry.at(),
              id,
              ImagePaths.relative(name),
              entry.has("width") ? entry.id("width") : null,
              entry.has("height") ? entry.id("height") : null));
    }
  }

  private void annotation(JsonEntry entry) {
    Long id = entry.id("id");
    Long image = entry.id("image_id");
    Long category = entry.id("category_id");
    double[] box = entry.box("bbox");
    @Nullable Double score = entry.has("score") ? entry.share("score") : null;
    if (id == null || image == null || category == null || box == null) {
      return;
    }
    String at = entry.at() + " (id " + id + ")";
    if (!annotationIds.add(id)) {
      problems.add(at + ": another annotation has this id: give each its own");
    }
    annotations.add(
        new Annotation(
            at, image, category, box[0], box[1], box[2], box[3], entry.flag("iscrowd"), score));
  }
}
