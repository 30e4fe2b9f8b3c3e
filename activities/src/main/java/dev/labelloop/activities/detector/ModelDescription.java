package dev.labelloop.activities.detector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code model.json} beside a weights file.
 *
 * @param architecture family and size, such as {@code yolox-nano}
 * @param input side of the square network input, pixels
 * @param classes names in the order of the head's rows
 * @param random whether the weights are as they were drawn, untrained
 * @param weights name of the weights file beside the description
 * @param provenance where the model came from; not part of its id
 */
public record ModelDescription(
    String architecture,
    int input,
    List<String> classes,
    boolean random,
    String weights,
    Map<String, String> provenance) {
  /** Name of the weights file unless the description names another. */
  public static final String WEIGHTS = "weights.safetensors";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  public ModelDescription {
    classes = List.copyOf(classes);
    provenance = Map.copyOf(provenance);
  }

  /**
   * Reads a description.
   *
   * @throws InvalidModelException if it is missing or lacks a field
   */
  public static ModelDescription read(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      List<String> classes = new ArrayList<>();
      for (JsonNode entry : field(json, "classes", file)) {
        classes.add(className(entry, classes.size(), file));
      }
      if (classes.isEmpty()) {
        throw new InvalidModelException(file + ": 'classes' is no list of names, or an empty one");
      }
      Map<String, String> provenance = new TreeMap<>();
      for (Map.Entry<String, JsonNode> entry : json.path("provenance").properties()) {
        provenance.put(entry.getKey(), entry.getValue().asText());
      }
      return new ModelDescription(
          field(json, "architecture", file).asText(),
          side(field(json, "input", file), file),
          classes,
          json.path("random").asBoolean(false),
          json.path("weights").asText(WEIGHTS),
          provenance);
    } catch (NoSuchFileException e) {
      throw new InvalidModelException(
          "no "
              + file.getFileName()
              + " beside the weights in "
              + file.getParent()
              + ": it tells architecture, input and classes",
          e);
    } catch (JsonProcessingException e) {
      throw new InvalidModelException(file + " is not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InvalidModelException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The same model for another input size, or with other names for its classes. */
  public ModelDescription servingAs(int otherInput, List<String> otherClasses) {
    if (otherClasses.size() != classes.size()) {
      throw new InvalidModelException(
          "a model of " + classes.size() + " classes cannot serve " + otherClasses.size());
    }
    return new ModelDescription(
        architecture, otherInput, otherClasses, random, weights, provenance);
  }

  /** Writes the description. */
  public void write(Path file) {
    ObjectNode json = JSON.createObjectNode();
    json.put("architecture", architecture);
    json.putObject("input").put("width", input).put("height", input);
    json.put("random", random);
    json.put("weights", weights);
    ArrayNode list = json.putArray("classes");
    for (int i = 0; i < classes.size(); i++) {
      list.addObject().put("index", i).put("name", classes.get(i));
    }
    ObjectNode origin = json.putObject("provenance");
    new TreeMap<>(provenance).forEach(origin::put);
    try {
      Files.write(file, JSON.writeValueAsBytes(json));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file + ": free some space", e);
    }
  }

  /** An entry is a name, or an object with a name. */
  private static String className(JsonNode entry, int index, Path file) {
    String name = entry.isTextual() ? entry.asText() : entry.path("name").asText();
    if (name.isBlank()) {
      throw new InvalidModelException(file + ": class " + index + " of 'classes' has no name");
    }
    return name;
  }

  /** The side of the square input. */
  private static int side(JsonNode input, Path file) {
    JsonNode width = field(input, "width", file);
    JsonNode height = field(input, "height", file);
    if (!width.isInt() || width.asInt() <= 0 || !width.equals(height)) {
      throw new InvalidModelException(
          file
              + ": 'input' is "
              + width
              + " × "
              + height
              + ", must be square, a whole number of pixels such as 416");
    }
    return width.asInt();
  }

  private static JsonNode field(JsonNode json, String name, Path file) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw new InvalidModelException(file + " has no field '" + name + "'");
    }
    return value;
  }
}
