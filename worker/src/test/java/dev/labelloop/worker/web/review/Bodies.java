package dev.labelloop.worker.web.review;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.UUID;

/** What goes over the wire, both ways. */
final class Bodies {
  static final ObjectMapper JSON = new ObjectMapper();
  static final String CAR = box("car", 10, 10, 40, 20);
  static final String BUS = box("bus", 60, 10, 20, 20);

  private Bodies() {}

  static String box(String name, double x, double y, double width, double height) {
    return "{\"x\":%s,\"y\":%s,\"width\":%s,\"height\":%s,\"class\":\"%s\"}"
        .formatted(x, y, width, height, name);
  }

  /** Ann's answer, under a new submission id. */
  static String answer(String outcome, String boxes) {
    return "{\"submissionId\":\"%s\",\"outcome\":\"%s\",\"boxes\":[%s],\"reviewer\":\"ann\",\"seconds\":4.5}"
        .formatted(UUID.randomUUID(), outcome, boxes);
  }

  /** The body of a response that has this status. */
  static JsonNode json(int status, HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return JSON.readTree(response.body());
  }

  /** What a response of this status says in its one sentence. */
  static String error(int status, HttpResponse<String> response) throws IOException {
    return json(status, response).get("error").asText();
  }
}
