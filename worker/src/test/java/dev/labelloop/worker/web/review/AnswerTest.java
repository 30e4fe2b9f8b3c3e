package dev.labelloop.worker.web.review;

import static dev.labelloop.worker.web.review.Bodies.CAR;
import static dev.labelloop.worker.web.review.Bodies.answer;
import static dev.labelloop.worker.web.review.Bodies.box;
import static dev.labelloop.worker.web.review.Bodies.error;
import static dev.labelloop.worker.web.review.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people may answer, and what becomes of it. */
@ExtendWith(Desk.Shared.class)
class AnswerTest {
  private final Desk desk;

  AnswerTest(Desk desk) {
    this.desk = desk;
  }

  @Test
  void countsWhatWasKeptAndTouched() throws Exception {
    String key = "count/r1/b0/" + desk.campaign("count").get(0);
    // The car moved by 2 of 40 pixels: IoU 38 / 42 = 0.90, kept. The bus deleted, another drawn.
    String boxes = box("car", 12, 10, 40, 20) + "," + box("bus", 0, 50, 20, 20);

    HttpResponse<String> response = desk.put(key, 0, answer("CORRECTED", boxes));
    JsonNode stored = json(200, desk.get("/api/review/" + key)).get("answer");

    assertThat(response.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(stored.get("kept").asInt()).isEqualTo(1);
    assertThat(stored.get("touched").asInt()).isEqualTo(2);
    assertThat(stored.get("boxes").get(0).get("x").asDouble()).isEqualTo(12);
    assertThat(stored.get("outcome").asText()).isEqualTo("CORRECTED");
    assertThat(stored.get("reviewer").asText()).isEqualTo("ann");
  }

  @Test
  void believesTheClientsOwnCounts() throws Exception {
    String key = "own/r1/b0/" + desk.campaign("own").get(0);
    String body = answer("CORRECTED", CAR).replace("{\"sub", "{\"kept\":2,\"touched\":3,\"sub");

    json(200, desk.put(key, 0, body));

    JsonNode stored = json(200, desk.get("/api/review/" + key)).get("answer");
    assertThat(stored.get("kept").asInt()).isEqualTo(2);
    assertThat(stored.get("touched").asInt()).isEqualTo(3);
  }

  @Test
  void takesTheSameSubmissionOnce() throws Exception {
    List<ImageId> images = desk.campaign("again");
    String key = "again/r1/b0/" + images.get(0);
    String body = answer("CORRECTED", CAR);

    assertThat(json(200, desk.put(key, 0, body)).get("repeated").asBoolean()).isFalse();
    JsonNode repeat = json(200, desk.put(key, 0, body));

    assertThat(repeat.get("repeated").asBoolean()).isTrue();
    assertThat(repeat.get("version").asInt()).isEqualTo(1);
    assertThat(error(400, desk.put("again/r1/b0/" + images.get(1), 0, body)))
        .contains("submissionId")
        .contains("another image");
    desk.close(new BatchId("again/r1/b0"));
    assertThat(json(200, desk.put(key, 0, body)).get("version").asInt()).isEqualTo(1);
  }

  @Test
  void refusesTheSecondOfTwoWhoSawTheSame() throws Exception {
    String key = "race/r1/b0/" + desk.campaign("race").get(0);
    json(200, desk.put(key, 0, answer("CORRECTED", CAR)));

    JsonNode refused = json(412, desk.put(key, 0, answer("SKIPPED", "")));

    assertThat(refused.get("version").asInt()).isEqualTo(1);
    assertThat(refused.get("error").asText()).contains("has version 1, not 0");
    assertThat(json(200, desk.put(key, 1, answer("SKIPPED", ""))).get("version").asInt())
        .isEqualTo(2);
  }

  @Test
  void takesNoAnswerToAClosedBatch() throws Exception {
    String key = "shut/r1/b0/" + desk.campaign("shut").get(0);
    desk.close(new BatchId("shut/r1/b0"));

    assertThat(error(409, desk.put(key, 0, answer("CORRECTED", CAR))))
        .contains("shut/r1/b0 is closed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // what stands in a good answer | what is put in its place | what the sentence says
        "'\"car\"'|'\"truck\"'|boxes[0].class = \"truck\": use one of car, bus",
        "'\"x\":10.0'|'\"x\":90.0'|boxes[0] = {\"x\":90.0",
        "'\"x\":10.0'|'\"x\":NaN'|boxes[0].x = \"NaN\": give a finite number",
        "'\"x\":10.0'|'\"x\":1e999'|boxes[0].x = ",
        "'\"x\":10.0'|'\"x\":\"10\"'|boxes[0].x = \"10\": give a finite number",
        "'\"width\":40.0'|'\"width\":0'|boxes[0].width = 0: a side has 0.001 pixels",
        "'\"height\":20.0'|'\"height\":-3'|boxes[0].height = -3: a side has 0.001 pixels",
        "'\"height\":20.0'|'\"tall\":20.0'|field 'boxes[0].tall' is unknown",
        "'\"seconds\":4.5'|'\"seconds\":-1'|seconds = -1: give the seconds of work",
        "'\"seconds\":4.5'|'\"seconds\":1e300'|seconds = 1.0E300: give the seconds of work, from 0 to 2592000",
        "'\"seconds\":4.5'|'\"seconds\":4.5,\"kept\":2147483647'|kept = 2147483647: give a whole number from 0 to",
        "'\"seconds\":4.5'|'\"seconds\":4.5,\"touched\":2147483647'|touched = 2147483647: give a whole number from 0 to",
        "'\"width\":40.0'|'\"width\":1e-300'|boxes[0].width = 1.0E-300: a side has 0.001 pixels",
        "'\"seconds\":4.5'|'\"secs\":4.5'|field 'secs' is unknown",
        "'\"seconds\":4.5'|'\"seconds\":4.5,\"kept\":-1'|kept = -1: give a whole number",
        "'\"seconds\":4.5'|'\"seconds\":4.5,\"touched\":1.5'|touched = 1.5: give a whole number",
        "'\"seconds\":4.5'|'\"seconds\":4.5,\"seconds\":5'|the body is not JSON: Duplicate field",
        "CORRECTED|FINE|outcome = \"FINE\": use ACCEPTED, CORRECTED or SKIPPED",
        "CORRECTED|ACCEPTED|outcome = \"ACCEPTED\": the boxes are not those that were shown",
        "CORRECTED|SKIPPED|boxes = [{",
        "'\"ann\"'|'\" \"'|reviewer = \" \": say who answers",
        "'\"ann\"'|'\"a\\u0000\"'|reviewer = \"a\\u0000\": give one line of text",
        "'\"ann\"'|'\"\\ud800\"'|reviewer = ",
        "'\"submissionId\":\"'|'\"submissionId\":\"x'|submissionId = \"x",
        "'\"boxes\":['|'\"boxes\":[3,'|boxes[0] = 3: send {x, y, width, height, class}",
        "'{\"sub'|'[{\"sub'|the body is not JSON",
      })
  void saysInOneSentenceWhatIsWrong(String good, String bad, String sentence) throws Exception {
    String key = "bad/r1/b0/" + desk.campaign("bad").get(0);
    String body = answer("CORRECTED", CAR);
    assertThat(body).contains(good);

    assertThat(error(400, desk.put(key, 0, body.replace(good, bad)))).startsWith(sentence);
    assertThat(json(200, desk.get("/api/review/" + key)).get("version").asInt()).isZero();
  }

  @Test
  void asksForTheVersionThatThePersonSaw() throws Exception {
    String path = "/api/review/etag/r1/b0/" + desk.campaign("etag").get(0);
    BodyPublisher body = BodyPublishers.ofString(answer("CORRECTED", CAR));
    HttpRequest.Builder asJson = desk.request(path).header("Content-Type", "application/json");
    HttpRequest.Builder asText = desk.request(path).header("Content-Type", "text/plain");

    error(428, desk.send(asJson.PUT(body)));
    error(400, desk.send(asJson.header("If-Match", "0").PUT(body)));
    error(415, desk.send(asText.header("If-Match", "\"0\"").PUT(body)));
  }

  @Test
  void takesNoMoreThanTenMegabytes() throws Exception {
    String key = "large/r1/b0/" + desk.campaign("large").get(0);

    error(413, desk.put(key, 0, " ".repeat(Json.MAX_BODY + 1)));
  }

  @Test
  void tellsTheCampaignOfAnAnsweredBatchWhoseWordWasLost() throws Exception {
    ImageId last = desk.campaign("lost").get(2); // alone in its batch
    desk.door.loses = true;
    json(200, desk.put("lost/r1/b1/" + last, 0, answer("SKIPPED", "")));
    assertThat(desk.door.lost.poll(10, TimeUnit.SECONDS)).isEqualTo(new BatchId("lost/r1/b1"));

    desk.door.loses = false;
    desk.door.awaitCompleted(new BatchId("lost/r1/b1"));
  }
}
