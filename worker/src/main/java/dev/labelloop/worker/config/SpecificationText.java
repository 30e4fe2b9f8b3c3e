package dev.labelloop.worker.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.labelloop.worker.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A specification as it was written: the YAML tree of the file with {@code --set} laid over it.
 *
 * @param root the tree
 * @param file where it came from
 * @param overridden dotted keys that came from {@code --set}
 */
record SpecificationText(ObjectNode root, Path file, Set<String> overridden) {
  /** Values of these keys are taken literally: a path may hold any sign. */
  private static final Set<String> PATHS =
      Set.of("images", "holdout", "model.weights", "review.truth");

  private static final YAMLMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS) // mode: off
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * Reads the file and lays the overrides over it.
   *
   * @param overrides {@code key=value}, the key dotted, the value YAML; an empty value takes the
   *     key away
   */
  static SpecificationText read(Path file, List<String> overrides) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          "specification " + file + " is not a file: give the path of a YAML file");
    }
    JsonNode tree;
    try {
      tree = YAML.readTree(file.toFile());
    } catch (JsonProcessingException e) {
      throw new BadInputException(file + place(e) + ": not valid YAML: " + words(e));
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot be read: " + e.getMessage());
    }
    if (!(tree instanceof ObjectNode root)) {
      throw new BadInputException(
          file
              + ": holds no specification: write keys such as 'name: street' and 'classes: [Car]'");
    }
    Set<String> overridden = new HashSet<>();
    for (String override : overrides) {
      overridden.add(apply(root, override));
    }
    return new SpecificationText(root, file, overridden);
  }

  private static String apply(ObjectNode root, String override) {
    int equals = override.indexOf('=');
    if (equals < 1) {
      throw new BadInputException(
          "--set " + override + ": write key=value, such as --set training.epochs=3");
    }
    String key = override.substring(0, equals).strip();
    String value = override.substring(equals + 1);
    String[] words = key.split("\\.", -1);
    ObjectNode parent = root;
    for (int i = 0; i < words.length - 1; i++) {
      JsonNode child = parent.get(words[i]);
      if (child == null || child.isNull()) {
        parent = parent.putObject(words[i]);
      } else if (child instanceof ObjectNode section) {
        parent = section;
      } else {
        throw new BadInputException(
            "--set " + override + ": '" + words[i] + "' is a value, it has no keys inside");
      }
    }
    String leaf = words[words.length - 1];
    if (value.isEmpty()) {
      parent.remove(leaf);
    } else {
      parent.set(leaf, PATHS.contains(key) ? new TextNode(value) : parse(value));
    }
    return key;
  }

  private static JsonNode parse(String value) {
    try {
      return YAML.readTree(value);
    } catch (JsonProcessingException e) {
      return new TextNode(value);
    }
  }

  /** How to name a key in a message: the file or the option, and the key. */
  String name(String key) {
    for (String option : overridden) {
      if (option.equals(key) || option.startsWith(key + ".")) {
        return "--set " + key;
      }
    }
    return file + ": " + key;
  }

  private static String place(JsonProcessingException e) {
    JsonLocation location = e.getLocation();
    return location == null || location.getLineNr() < 1 ? "" : ":" + location.getLineNr();
  }

  /** What the parser says, without the lines that it repeats of the file. */
  private static String words(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message == null
        ? "it cannot be parsed"
        : message
            .lines()
            .filter(line -> !line.startsWith("    ")) // the file's own lines, and a caret
            .map(line -> line.strip().replaceFirst("^in 'reader', ", "in "))
            .filter(line -> !line.isEmpty())
            .collect(Collectors.joining(" "));
  }
}
