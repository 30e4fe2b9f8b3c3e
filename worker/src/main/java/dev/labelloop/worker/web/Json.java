package dev.labelloop.worker.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;

/** Bodies of requests and answers. */
public final class Json {
  /** Some 100,000 boxes. */
  public static final int MAX_BODY = 10_000_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .build();

  private Json() {}

  /** Answers with a record as JSON; times and durations are in ISO 8601. */
  public static void answer(Context context, Object view) {
    context.contentType("application/json").result(write(view));
  }

  /** A record as JSON. */
  public static byte[] write(Object view) {
    try {
      return MAPPER.writeValueAsBytes(view);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + view, e);
    }
  }

  /**
   * The bytes of a request that says it is JSON.
   *
   * @throws Refusal if it says something else, is above {@link #MAX_BODY}, or breaks off
   */
  public static byte[] body(Context context) {
    return body(context, MAX_BODY);
  }

  /**
   * As the other.
   *
   * @param most bytes
   */
  public static byte[] body(Context context, int most) {
    String type = context.contentType();
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw Refusal.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type = " + type + ": send application/json");
    }
    try (InputStream in = context.req().getInputStream()) {
      byte[] body = in.readNBytes(most + 1);
      if (body.length > most) {
        throw Refusal.of(
            HttpStatus.CONTENT_TOO_LARGE, "the body is above " + most + " bytes: send less");
      }
      return body;
    } catch (IOException e) { // the client's, who hears this only if it still listens
      throw Refusal.badRequest("the body broke off: send it whole");
    }
  }
}
