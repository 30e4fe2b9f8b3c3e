package dev.labelloop.activities.format.yolo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the class names of a {@code data.yaml}: a list, or numbers with names. */
final class YoloClasses {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private YoloClasses() {}

  /** The classes by rising number; none if there is a problem. */
  static ClassTable read(Path folder, Problems problems) {
    Path file = folder.resolve(YoloFormat.DATA);
    if (!Files.isRegularFile(file)) {
      problems.add("has no data.yaml: it must list the class names");
      return new ClassTable(List.of());
    }
    try {
      JsonNode data = YAML.readTree(file.toFile());
      return table(data.path("names"), problems);
    } catch (JsonProcessingException e) {
      throw problems.fatal("data.yaml is no YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static ClassTable table(JsonNode names, Problems problems) {
    Map<Integer, String> byNumber = new TreeMap<>();
    if (names.isArray()) {
      names.forEach(name -> byNumber.put(byNumber.size(), name.asText()));
    } else {
      for (Map.Entry<String, JsonNode> name : names.properties()) {
        if (name.getKey().matches("\\d{1,9}")) {
          byNumber.put(Integer.parseInt(name.getKey()), name.getValue().asText());
        } else {
          problems.add("data.yaml: class number '" + name.getKey() + "' is no whole number");
        }
      }
    }
    if (byNumber.isEmpty()) {
      problems.add("data.yaml has no 'names': list the class names there");
    }
    Set<String> seen = new HashSet<>();
    List<ClassTable.Entry> entries = new ArrayList<>();
    byNumber.forEach(
        (number, name) -> {
          if (seen.add(name)) {
            entries.add(new ClassTable.Entry(number, name));
          } else {
            problems.add("data.yaml: class '" + name + "' is listed twice: give it one number");
          }
        });
    return new ClassTable(entries);
  }
}
