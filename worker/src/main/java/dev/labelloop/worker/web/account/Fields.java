package dev.labelloop.worker.web.account;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.labelloop.activities.account.Role;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a small JSON object. The first fault ends the reading with one sentence that names
 * the field and the mend, and never the value: it may be a password.
 */
final class Fields {
  /** Anybody may send these before it is known who that is. */
  private static final int MAX_BODY = 10_000;

  private static final int SHOWN = 60;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final JsonNode root;

  private Fields(JsonNode root) {
    this.root = root;
  }

  /**
   * Those of a request's body.
   *
   * @param known all that may be there
   */
  static Fields of(Context context, String... known) {
    JsonNode root;
    try {
      root = JSON.readTree(Json.body(context, MAX_BODY));
    } catch (IOException e) {
      throw Refusal.badRequest("the body is not JSON: send an object");
    }
    if (!root.isObject()) {
      throw Refusal.badRequest("the body is no JSON object: send one");
    }
    for (Iterator<String> names = root.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!List.of(known).contains(name)) {
        throw Refusal.badRequest(
            "field '"
                + (name.length() <= SHOWN ? name : name.substring(0, SHOWN) + "…")
                + "' is unknown: the fields here are "
                + String.join(", ", known));
      }
    }
    return new Fields(root);
  }

  /** A text that must be there. */
  String text(String field) {
    return optionalText(field)
        .orElseThrow(() -> Refusal.badRequest(field + " is missing: send a text"));
  }

  /** A text that may be left out, or null. */
  Optional<String> optionalText(String field) {
    JsonNode value = root.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw Refusal.badRequest(field + ": send a text");
    }
    return Optional.of(value.textValue());
  }

  /** Yes or no, or left out. */
  Optional<Boolean> optionalFlag(String field) {
    JsonNode value = root.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isBoolean()) {
      throw Refusal.badRequest(field + ": send true or false");
    }
    return Optional.of(value.booleanValue());
  }

  Optional<Role> optionalRole(String field) {
    return optionalText(field)
        .map(
            text ->
                Arrays.stream(Role.values())
                    .filter(role -> role.name().equals(text))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            Refusal.badRequest(
                                field + ": use VIEWER, REVIEWER, OPERATOR or ADMIN")));
  }

  /** A time to come, or left out. */
  Optional<Instant> optionalTimeToCome(String field) {
    return optionalText(field)
        .map(
            text -> {
              try {
                Instant time = Instant.parse(text);
                if (time.isAfter(Instant.now())) {
                  return time;
                }
              } catch (DateTimeException e) {
                // said below, with the mend
              }
              throw Refusal.badRequest(
                  field + ": send a time to come in ISO 8601, such as 2030-12-31T23:59:59Z");
            });
  }
}
