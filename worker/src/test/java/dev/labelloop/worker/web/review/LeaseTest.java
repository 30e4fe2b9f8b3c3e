package dev.labelloop.worker.web.review;

import static dev.labelloop.worker.web.review.Bodies.BUS;
import static dev.labelloop.worker.web.review.Bodies.CAR;
import static dev.labelloop.worker.web.review.Bodies.JSON;
import static dev.labelloop.worker.web.review.Bodies.answer;
import static dev.labelloop.worker.web.review.Bodies.error;
import static dev.labelloop.worker.web.review.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.core.ImageId;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images come to people, for a while. */
@ExtendWith(Desk.Shared.class)
class LeaseTest {
  private final Desk desk;

  LeaseTest(Desk desk) {
    this.desk = desk;
  }

  @Test
  void givesTheFirstImagesAndThoseToPreload() throws Exception {
    List<ImageId> images = desk.campaign("lease");

    JsonNode first = json(200, next("lease", "", 2));
    JsonNode more = json(200, next("lease", key(first, 0) + key(first, 1), 4));

    assertThat(first.get("left").asInt()).isEqualTo(3);
    assertThat(first.get("reason").isNull()).isTrue();
    assertThat(first.get("images").findValuesAsText("image"))
        .containsExactly(images.get(0).value(), images.get(1).value());
    assertThat(more.get("images").findValuesAsText("image")).containsExactly(images.get(2).value());
    JsonNode lease = first.get("images").get(0).get("lease");
    assertThat(Instant.parse(lease.get("until").asText()))
        .isBetween(Instant.now().plusSeconds(60), Instant.now().plusSeconds(120));
    assertThat(json(200, desk.get("/api/review/" + firstKey(first))).get("lease")).isEqualTo(lease);
  }

  private static String key(JsonNode next, int i) {
    return (i == 0 ? "" : ",") + next.get("images").get(i).get("key");
  }

  @Test
  void extendsALeaseAndGivesItUp() throws Exception {
    desk.campaign("beat");
    JsonNode next = json(200, next("beat", "", 1));
    String path = "/api/review/" + firstKey(next) + "/lease";
    String lease = next.get("images").get(0).get("lease").get("id").asText();

    JsonNode beat = json(200, desk.post(path, "{\"lease\":\"" + lease + "\"}"));
    assertThat(Instant.parse(beat.get("until").asText())).isAfter(Instant.now().plusSeconds(60));
    assertThat(error(409, desk.post(path, "{\"lease\":\"" + UUID.randomUUID() + "\"}")))
        .contains("is over");
    assertThat(error(400, desk.post(path, "{\"lease\":7}"))).startsWith("lease = 7");

    assertThat(desk.send(desk.request(path).DELETE()).statusCode()).isEqualTo(204);
    error(409, desk.post(path, "{\"lease\":\"" + lease + "\"}"));
    assertThat(json(200, desk.get("/api/review/" + firstKey(next))).get("lease").isNull()).isTrue();
  }

  @Test
  void keepsThoseOutWhoDoNotHoldTheImage() throws Exception {
    desk.campaign("held");
    String key = firstKey(json(200, next("held", "", 1)));
    desk.hold("held", "cleo");

    String second =
        json(200, desk.get("/api/batches/held/r1/b0")).get("images").get(1).get("key").asText();
    assertThat(error(409, desk.put(second, 0, answer("CORRECTED", CAR))))
        .contains("is with somebody else");
    json(200, desk.put(key, 0, answer("CORRECTED", CAR))); // held by whoever sends it
    JsonNode peek = json(200, desk.get("/api/review/next?campaign=held"));
    assertThat(peek.get("key").asText()).as("not what cleo holds").isNotEqualTo(second);

    assertThat(
            json(200, desk.post("/api/batches/held/r1/b0/reassign", "{\"from\":\"cleo\"}"))
                .get("freed")
                .asInt())
        .isEqualTo(1);
    assertThat(json(200, next("held", "", 1)).get("images").findValuesAsText("key"))
        .containsExactly(second);
  }

  @Test
  void storesHowLongItTook() throws Exception {
    String key = "timed/r1/b0/" + desk.campaign("timed").get(0);
    String timing =
        "\"timing\":{\"openedAt\":\"%s\",\"firstActionMs\":400,\"activeMs\":2500,\"idleMs\":0,\"passMs\":700,\"events\":[{\"t\":400,\"kind\":\"accept\",\"box\":0},{\"t\":500,\"kind\":\"accept-rest\"}]}"
            .formatted(Instant.now());

    json(200, desk.put(key, 0, timed(timing)));

    assertThat(json(200, desk.get("/api/review/" + key)).get("answer").get("seconds").asDouble())
        .isEqualTo(2.5);
  }

  private static String timed(String timing) {
    return answer("ACCEPTED", CAR + "," + BUS).replace("\"seconds\":4.5", timing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"activeMs\":2500|\"activeMs\":-1|timing.activeMs = -1",
        "\"activeMs\":2500|\"activeMs\":1e3|timing.activeMs = 1000.0",
        "\"t\":500|\"t\":300|timing.events[1].t = 300: events go forward",
        "\"t\":500|\"t\":99999|timing.events[1].t = 99999",
        "accept-rest|win|timing.events[1].kind = \"win\": use one of accept, reject",
        "\"openedAt\":\"|\"openedAt\":\"x|timing.openedAt = \"x",
        "\"box\":0|\"box\":-1|timing.events[0].box = -1",
        "\"idleMs\":0|\"idle\":0|field 'timing.idle' is unknown",
      })
  void believesNoTimingThatCannotBe(String good, String bad, String sentence) throws Exception {
    String key = "untimely/r1/b0/" + desk.campaign("untimely").get(0);
    String timing =
        "\"timing\":{\"openedAt\":\"%s\",\"activeMs\":2500,\"idleMs\":0,\"events\":[{\"t\":400,\"kind\":\"accept\",\"box\":0},{\"t\":500,\"kind\":\"accept-rest\"}]}"
            .formatted(Instant.now());
    assertThat(timing).contains(good);

    assertThat(error(400, desk.put(key, 0, timed(timing.replace(good, bad))))).startsWith(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"count\":1}|campaign is missing",
        "{\"campaign\":\"wish\",\"count\":5}|count = 5: give a whole number from 1 to 4",
        "{\"campaign\":\"wish\",\"holds\":[\"x\"]}|holds[0] = \"x\"",
        "{\"campaign\":\"wish\",\"holds\":7}|holds = 7",
        "{\"campaign\":\"wish\",\"who\":7}|field 'who' is unknown",
      })
  void saysWhatIsWrongWithAWish(String body, String sentence) throws Exception {
    desk.campaign("wish");

    assertThat(error(400, desk.post("/api/review/next", body))).startsWith(sentence);
    error(404, desk.post("/api/review/next", "{\"campaign\":\"nobodys\"}"));
  }

  private HttpResponse<String> next(String campaign, String holds, int count) throws Exception {
    return desk.post(
        "/api/review/next",
        JSON.createObjectNode()
            .put("campaign", campaign)
            .put("count", count)
            .set("holds", JSON.readTree("[" + holds + "]"))
            .toString());
  }

  private static String firstKey(JsonNode next) {
    return next.get("images").get(0).get("key").asText();
  }
}
