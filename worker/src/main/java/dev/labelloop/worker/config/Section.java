package dev.labelloop.worker.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One section of a specification. A getter that finds a fault notes it among the problems and
 * answers with the default, so that one reading finds all faults.
 */
final class Section {
  private final SpecificationText text;
  private final String path;
  private final @Nullable JsonNode node;
  private final Path workingFolder;
  private final List<String> problems;

  private Section(
      SpecificationText text,
      String path,
      @Nullable JsonNode node,
      Path workingFolder,
      List<String> problems) {
    this.text = text;
    this.path = path;
    this.node = node;
    this.workingFolder = workingFolder;
    this.problems = problems;
    refuseUnknownKeys();
  }

  static Section root(SpecificationText text, Path workingFolder, List<String> problems) {
    return new Section(text, "", text.root(), workingFolder, problems);
  }

  /** The section of this name; an absent one has no keys. */
  Section section(String key) {
    JsonNode child = get(key);
    if (child != null && !(child instanceof ObjectNode)) {
      problem(key, "is " + shown(child) + ", must be a section with the keys " + keysOf(key));
      child = null;
    }
    return new Section(text, Keys.join(path, key), child, workingFolder, problems);
  }

  boolean has(String key) {
    return get(key) != null;
  }

  @Nullable JsonNode get(String key) {
    JsonNode child = node == null ? null : node.get(key);
    return child == null || child.isNull() ? null : child;
  }

  /** Notes a fault of a key: what is wrong and how to mend it. */
  void problem(String key, String fault) {
    problems.add(text.name(Keys.join(path, key)) + " " + fault);
  }

  @Nullable String text(String key) {
    JsonNode value = get(key);
    if (value == null) {
      return null;
    }
    if (!value.isValueNode() || value.asText().isBlank()) {
      problem(key, "is " + shown(value) + ", must be a word or a text");
      return null;
    }
    return value.asText().strip();
  }

  String text(String key, String orElse) {
    String value = text(key);
    return value == null ? orElse : value;
  }

  List<String> texts(String key) {
    JsonNode value = get(key);
    List<String> texts = new ArrayList<>();
    if (value != null && !value.isArray()) {
      problem(key, "is " + shown(value) + ", must be a list such as [Car, Bus]");
      return texts;
    }
    for (JsonNode item : value == null ? List.<JsonNode>of() : value) {
      if (!item.isValueNode() || item.isNull() || item.asText().isBlank()) {
        problem(key, "holds " + shown(item) + ", each must be a name");
      } else {
        texts.add(item.asText().strip());
      }
    }
    return texts;
  }

  int whole(String key, int orElse, int least, int most) {
    return Math.toIntExact(whole(key, (long) orElse, least, most));
  }

  long whole(String key, long orElse, long least, long most) {
    JsonNode value = get(key);
    if (value == null) {
      return orElse;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      long number = value.longValue();
      if (number >= least && number <= most) {
        return number;
      }
    }
    problem(key, "is " + shown(value) + ", must be a whole number " + range(least, most));
    return orElse;
  }

  private static String range(long least, long most) {
    return most == Long.MAX_VALUE ? "of at least " + least : "from " + least + " to " + most;
  }

  /** A number; {@code allowed} says which ones are in range, {@code rule} says it in words. */
  double number(String key, double orElse, Range allowed) {
    JsonNode value = get(key);
    Double number = value == null ? null : number(value);
    if (value == null) {
      return orElse;
    }
    if (number == null || !allowed.holds(number)) {
      problem(key, "is " + shown(value) + ", must be " + allowed.words());
      return orElse;
    }
    return number;
  }

  @Nullable Double numberOrNull(String key, Range allowed) {
    return has(key) ? (Double) number(key, Double.NaN, allowed) : null;
  }

  /** Numbers by name; each name must be one of these. */
  Map<String, Double> numbers(String key, List<String> names, Range allowed) {
    JsonNode value = get(key);
    Map<String, Double> numbers = new TreeMap<>();
    if (value != null && !value.isObject()) {
      problem(key, "is " + shown(value) + ", must be a section such as {Car: 0.4}");
      return numbers;
    }
    for (Map.Entry<String, JsonNode> field :
        value == null ? Set.<Map.Entry<String, JsonNode>>of() : value.properties()) {
      String name = Keys.join(key, field.getKey());
      Double number = number(field.getValue());
      if (!names.contains(field.getKey())) {
        problem(name, "is none of " + String.join(", ", names));
      } else if (number == null || !allowed.holds(number)) {
        problem(name, "is " + shown(field.getValue()) + ", must be " + allowed.words());
      } else {
        numbers.put(field.getKey(), number);
      }
    }
    return numbers;
  }

  /** A number, or a percentage as text; null if it is neither. */
  static @Nullable Double number(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    return value.isTextual() ? NumberText.parse(value.asText()) : null;
  }

  Duration duration(String key, Duration orElse) {
    String value = text(key);
    if (value == null) {
      return orElse;
    }
    try {
      Duration duration = Duration.parse(value);
      if (duration.compareTo(Duration.ZERO) > 0) {
        return duration;
      }
    } catch (DateTimeParseException e) {
      // said below, as for a duration that is not positive
    }
    problem(key, "is '" + value + "', must be a duration such as P3D (days) or PT8H (hours)");
    return orElse;
  }

  /**
   * One of a closed set of words; {@code later} holds words that have a meaning but no code yet.
   */
  <T> T choice(String key, T orElse, Map<String, T> words, Map<String, String> later) {
    String value = text(key);
    if (value == null) {
      return orElse;
    }
    T chosen = words.get(value);
    if (chosen != null) {
      return chosen;
    }
    String mend = later.get(value);
    problem(
        key,
        mend != null
            ? "is '" + value + "', which is not available yet; use " + mend
            : "is '" + value + "', must be " + either(words));
    return orElse;
  }

  private static String either(Map<String, ?> words) {
    return String.join(" or ", words.keySet().stream().sorted().toList());
  }

  /** A path that must exist: absolute, or relative to the specification's folder. */
  @Nullable String existing(String key, boolean folder, boolean file, String what) {
    String value = text(key);
    if (value == null) {
      return null;
    }
    Path resolved;
    try {
      resolved = base(key).resolve(value).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      problem(key, "is '" + value + "', which is no path");
      return null;
    }
    if ((folder && Files.isDirectory(resolved)) || (file && Files.isRegularFile(resolved))) {
      return resolved.toString();
    }
    String fault = Files.exists(resolved) ? "is not " + what : "does not exist; it must be " + what;
    problem(key, "is '" + value + "': " + resolved + " " + fault);
    return null;
  }

  /** Paths of the file are relative to it, those of the command line to the working folder. */
  private Path base(String key) {
    Path folder = text.file().toAbsolutePath().getParent();
    return folder == null || text.overridden().contains(Keys.join(path, key))
        ? workingFolder
        : folder;
  }

  private void refuseUnknownKeys() {
    if (node == null) {
      return;
    }
    List<String> known = Keys.of(path);
    for (var names = node.fieldNames(); names.hasNext(); ) {
      String key = names.next();
      if (!known.contains(key)) {
        problem(key, "is not a known key; did you mean '" + Keys.nearest(path, key) + "'?");
      }
    }
  }

  private String keysOf(String key) {
    return String.join(", ", Keys.of(Keys.join(path, key)));
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? "'" + value.asText() + "'" : value.toString();
  }
}
