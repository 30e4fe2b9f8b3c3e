package dev.labelloop.activities.format.sagemaker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.format.ClassGate;
import dev.labelloop.activities.format.ClassTable;
import dev.labelloop.activities.format.ImportChecks;
import dev.labelloop.activities.format.Numbers;
import dev.labelloop.activities.format.Problems;
import dev.labelloop.activities.format.json.JsonEntry;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Classes of a manifest, whose every line has a map of its own.
 *
 * <p>Where ids are kept, the lines must agree about them; where the classes are given, names alone
 * count.
 */
final class ManifestClasses {
  private final boolean given;
  private final ClassGate gate;
  private final Problems problems;
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<Long, String> names = new HashMap<>();

  ManifestClasses(ImportChecks checks, Problems problems) {
    this.given = checks.classes() != null;
    this.gate = new ClassGate(checks, problems);
    this.problems = problems;
  }

  /** The names of a line's classes by id; what is at fault is noted. */
  Map<Long, String> of(JsonEntry metadata) {
    Map<Long, String> ofLine = new LinkedHashMap<>();
    JsonNode map = metadata.node().path("class-map");
    if (!map.isObject()) {
      problems.add(metadata.at() + ": has no class-map: write {\"0\": \"NAME\"}");
    }
    for (Map.Entry<String, JsonNode> entry : map.properties()) {
      String at = metadata.at() + ".class-map";
      String name = new JsonEntry(map, at, problems).text(entry.getKey());
      Long id = Numbers.whole(entry.getKey()).filter(ManifestClasses::isId).orElse(null);
      if (id == null) {
        problems.add(
            at + ": id '" + entry.getKey() + "' must be a whole number in [0, 2147483647]");
      } else if (name != null) {
        ofLine.put(id, name);
        gate.list(name);
        if (!given) {
          agree(at, id, name);
        }
      }
    }
    return ofLine;
  }

  Optional<Integer> index(String at, String name) {
    return gate.index(at, name);
  }

  ClassTable table() {
    ClassTable table = gate.table();
    return given
        ? table
        : new ClassTable(
            table.names().stream()
                .map(
                    name ->
                        new ClassTable.Entry(
                            Objects.requireNonNull(ids.get(name)).intValue(), name))
                .toList());
  }

  private static boolean isId(long id) {
    return id >= 0 && id <= Integer.MAX_VALUE;
  }

  private void agree(String at, long id, String name) {
    String otherName = names.putIfAbsent(id, name);
    Long otherId = ids.putIfAbsent(name, id);
    String other = null;
    if (otherName != null && !otherName.equals(name)) {
      other = id + " '" + otherName;
    } else if (otherId != null && otherId != id) {
      other = otherId + " '" + name;
    }
    if (other != null) {
      problems.add(
          at
              + ": class "
              + id
              + " '"
              + name
              + "' is "
              + other
              + "' above: give it one id and name");
    }
  }
}
