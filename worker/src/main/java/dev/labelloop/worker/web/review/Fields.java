package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.labelloop.worker.web.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of what a client sends. The first fault ends the reading with one sentence that
 * names the field, its value and the mend.
 */
public final class Fields {
  /** Longer texts are a mistake of the client. */
  private static final int TEXT = 1000;

  private static final int SHOWN = 60;

  /** Nobody works longer on one image; what says so was measured wrongly. */
  public static final Duration MOST_WORK = Duration.ofDays(30);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // to refuse NaN by its field's name
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Fields() {}

  /**
   * The one object of a body, in which there are only these fields.
   *
   * @throws Refusal if it is not
   */
  public static JsonNode object(byte[] body, List<String> fields) {
    JsonNode root = parse(body);
    if (!root.isObject()) {
      throw Refusal.badRequest("the body is " + kind(root) + ": send one JSON object");
    }
    known(root, "", fields);
    return root;
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest(
          "the body is not JSON: "
              + e.getOriginalMessage()
              + (e.getLocation() == null
                  ? ""
                  : " (line "
                      + e.getLocation().getLineNr()
                      + ", column "
                      + e.getLocation().getColumnNr()
                      + ")"));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
  }

  /** Refuses fields that are none of these. */
  static void known(JsonNode object, String where, List<String> fields) {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name)) {
        throw Refusal.badRequest(
            "field '"
                + shortened(where + name)
                + "' is unknown: the fields here are "
                + String.join(", ", fields));
      }
    }
  }

  public static UUID uuid(JsonNode root, String field, String mend) {
    JsonNode value = root.path(field);
    try {
      UUID id = UUID.fromString(value.asText());
      if (id.toString().equalsIgnoreCase(value.asText())) { // Java takes 1-1-1-1-1 too
        return id;
      }
    } catch (IllegalArgumentException e) {
      // said below, with the mend
    }
    throw fault(field, value, mend);
  }

  /** A constant by its name. */
  public static <E extends Enum<E>> E constant(
      JsonNode root, String where, String field, E[] constants, String mend) {
    String value = root.path(field).asText();
    return Arrays.stream(constants)
        .filter(constant -> constant.name().equals(value))
        .findFirst()
        .orElseThrow(() -> fault(where + field, root.path(field), mend));
  }

  public static double number(JsonNode object, String where, String field) {
    JsonNode value = object.path(field);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw fault(where + field, value, "give a finite number");
    }
    return value.doubleValue();
  }

  /** The field {@code seconds}: of a person's work on one image. */
  public static double seconds(JsonNode object) {
    double seconds = number(object, "", "seconds");
    if (seconds < 0 || seconds > MOST_WORK.toSeconds()) {
      throw fault(
          "seconds",
          object.path("seconds"),
          "give the seconds of work, from 0 to " + MOST_WORK.toSeconds());
    }
    return seconds;
  }

  /** A whole number from 0 to {@code most}. */
  public static long whole(JsonNode object, String where, String field, long most) {
    JsonNode value = object.path(field);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < 0
        || value.longValue() > most) {
      throw fault(where + field, value, "give a whole number from 0 to " + most);
    }
    return value.longValue();
  }

  /** Whether a field is left out, or null. */
  public static boolean isAbsent(JsonNode object, String field) {
    return object.path(field).isMissingNode() || object.path(field).isNull();
  }

  public static @Nullable String text(JsonNode root, String field) {
    if (isAbsent(root, field)) {
      return null;
    }
    JsonNode value = root.path(field);
    String text = value.textValue();
    if (text == null || text.length() > TEXT || !isLine(text)) {
      throw fault(field, value, "give one line of text, " + TEXT + " characters at most");
    }
    return text;
  }

  /** Whether PostgreSQL takes it and a person can read it: no control signs, no half characters. */
  private static boolean isLine(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  public static Refusal fault(String field, JsonNode value, String mend) {
    return Refusal.badRequest(
        field
            + (value.isMissingNode() ? " is missing: " : " = " + shortened(value.toString()) + ": ")
            + mend);
  }

  private static String kind(JsonNode root) {
    return root.isMissingNode() ? "empty" : shortened(root.toString());
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
  }
}
