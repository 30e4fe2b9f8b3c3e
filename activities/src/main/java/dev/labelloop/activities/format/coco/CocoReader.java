package dev.labelloop.activities.format.coco;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.labelloop.activities.format.ImagePaths;
import dev.labelloop.activities.format.InvalidLabelsException;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.coco.CocoDocument.Annotation;
import dev.labelloop.activities.format.coco.CocoDocument.Category;
import dev.labelloop.activities.format.coco.CocoDocument.Image;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a COCO file entry by entry, and notes what is wrong with each entry by itself. */
final class CocoReader {
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // to name the box that holds NaN
          .enable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION) // "(File)", as errors call it
          .build()
          .reader();

  private final Path file;
  private final Problems problems;
  private final List<Category> categories = new ArrayList<>();
  private final List<Image> images = new ArrayList<>();
  private final List<Annotation> annotations = new ArrayList<>();
  private final Set<String> lists = new HashSet<>();
  private final Set<Long> annotationIds = new HashSet<>();

  private CocoReader(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidLabelsException at once if it is missing or no JSON
   */
  static CocoDocument read(Path file, Problems problems) {
    if (!Files.isRegularFile(file)) {
      problems.add("there is no such file: give the path of a COCO JSON file");
      problems.throwIfAny();
    }
    CocoReader reader = new CocoReader(file, problems);
    reader.read();
    return new CocoDocument(reader.categories, reader.images, reader.annotations);
  }

  private void read() {
    try (JsonParser parser = JSON.createParser(file.toFile())) {
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
    } catch (JsonProcessingException e) {
      throw problems.fatal(
          "is no JSON, or cut off, at line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ": "
              + e.getOriginalMessage(),
          e);
    } catch (CharConversionException e) {
      throw problems.fatal("is no text in UTF-8: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private interface EntryReader {
    void read(Entry entry);
  }

  private void each(JsonParser parser, String name, EntryReader reader) throws IOException {
    lists.add(name);
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      problems.add(name + " is not a list: write [...]");
      parser.skipChildren();
      return;
    }
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
      JsonNode node = JSON.readTree(parser);
      reader.read(new Entry(node, name + "[" + i + "]", problems));
    }
  }

  private void category(Entry entry) {
    Long id = entry.id("id");
    String name = entry.text("name");
    if (id != null && name != null) {
      categories.add(new Category(entry.at(), id, name));
    }
  }

  private void image(Entry entry) {
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

  private void annotation(Entry entry) {
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
