package dev.labelloop.activities.format.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.format.Problems;
import org.jspecify.annotations.Nullable;

/**
 * An object in a JSON file; a field that is missing or at fault is noted and read as null.
 *
 * @param at its place in the file, for messages
 */
public record JsonEntry(JsonNode node, String at, Problems problems) {
  private static final int LONGEST_VALUE_SHOWN = 60;

  /** Whether the field is there and not null. */
  public boolean has(String field) {
    return !node.path(field).isMissingNode() && !node.path(field).isNull();
  }

  /** A whole number; 3.0 counts, as it does in Python. */
  public @Nullable Long id(String field) {
    JsonNode value = node.path(field);
    if (value.isNumber() && value.canConvertToExactIntegral() && value.canConvertToLong()) {
      return value.asLong();
    }
    note(field, "write a whole number");
    return null;
  }

  /** A text that is not empty. */
  public @Nullable String text(String field) {
    JsonNode value = node.path(field);
    if (value.isTextual() && !value.asText().isEmpty()) {
      return value.asText();
    }
    note(field, "write a text");
    return null;
  }

  /** Any number. */
  public @Nullable Double number(String field) {
    JsonNode value = node.path(field);
    if (value.isNumber()) {
      return value.asDouble();
    }
    note(field, "write a number");
    return null;
  }

  /** A number in [0, 1]. */
  public @Nullable Double share(String field) {
    JsonNode value = node.path(field);
    if (value.isNumber() && value.asDouble() >= 0 && value.asDouble() <= 1) {
      return value.asDouble();
    }
    note(field, "write a number from 0 to 1");
    return null;
  }

  /** Four numbers. */
  public double @Nullable [] box(String field) {
    JsonNode value = node.path(field);
    double[] box = new double[4];
    boolean good = value.isArray() && value.size() == box.length;
    for (int i = 0; good && i < box.length; i++) {
      good = value.get(i).isNumber();
      box[i] = value.get(i).asDouble();
    }
    if (good) {
      return box;
    }
    note(field, "write [x, y, width, height] in pixels");
    return null;
  }

  /** 0 or 1, false or true; missing is 0. */
  public boolean flag(String field) {
    JsonNode value = node.path(field);
    return value.isBoolean() ? value.asBoolean() : value.asInt(0) != 0;
  }

  private void note(String field, String mend) {
    JsonNode value = node.path(field);
    String text = value.isMissingNode() ? "is missing" : "is " + value;
    String shown =
        text.length() <= LONGEST_VALUE_SHOWN
            ? text
            : text.substring(0, LONGEST_VALUE_SHOWN) + "...";
    problems.add(at + ": " + field + " " + shown + ": " + mend);
  }
}
