package dev.labelloop.worker.web.review;

import static dev.labelloop.worker.web.review.Bodies.BUS;
import static dev.labelloop.worker.web.review.Bodies.CAR;
import static dev.labelloop.worker.web.review.Bodies.JSON;
import static dev.labelloop.worker.web.review.Bodies.answer;
import static dev.labelloop.worker.web.review.Bodies.error;
import static dev.labelloop.worker.web.review.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.StoredCampaigns;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Through the wire, on a real PostgreSQL; only the campaigns are fakes. */
@ExtendWith(Desk.Shared.class)
class ReviewServerTest {
  private final Desk desk;

  ReviewServerTest(Desk desk) {
    this.desk = desk;
  }

  @Test
  void listsOpenBatchesWithTheirImages() throws Exception {
    List<ImageId> images = desk.campaign("list");
    desk.close(new BatchId("list/r1/b1"));

    JsonNode open = json(200, desk.get("/api/batches?campaign=list"));
    JsonNode batch = json(200, desk.get("/api/batches/list/r1/b0"));

    assertThat(open)
        .isEqualTo(
            JSON.readTree(
                "{\"batches\":[{\"id\":\"list/r1/b0\",\"state\":\"OPEN\",\"images\":2,\"answered\":0}]}"));
    assertThat(batch.get("images")).hasSize(2);
    assertThat(batch.get("images").get(0))
        .isEqualTo(
            JSON.createObjectNode()
                .put("key", "list/r1/b0/" + images.get(0))
                .put("image", images.get(0).value())
                .put("purpose", "ACTIVE")
                .put("answered", false)
                .put("version", 0));
    assertThat(json(200, desk.get("/api/batches/list/r1/b1")).get("state").asText())
        .isEqualTo("CLOSED");
  }

  @Test
  void servesTheMetricsBesideTheReviews() throws Exception {
    HttpResponse<String> response = desk.get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body()).contains("jvm_memory_used_bytes{");
  }

  @Test
  void showsAnImageWithTheBoxesThatTheModelIsSureOf() throws Exception {
    String key = "look/r1/b0/" + desk.campaign("look").get(0);

    HttpResponse<String> response = desk.get("/api/review/" + key);
    JsonNode view = json(200, response);

    assertThat(response.headers().firstValue("ETag")).contains("\"0\"");
    assertThat(view.get("key").asText()).isEqualTo(key);
    assertThat(view.get("width").asInt()).isEqualTo(100);
    assertThat(view.get("height").asInt()).isEqualTo(80);
    assertThat(view.get("classes")).isEqualTo(JSON.readTree("[\"car\",\"bus\"]"));
    assertThat(view.get("answer").isNull()).isTrue();
    assertThat(view.get("proposals")).hasSize(2); // the third is of confidence 0.1
    assertThat(view.get("proposals").get(1).get("class").asText()).isEqualTo("bus");
    assertThat(view.get("proposals").get(1).get("x").asDouble()).isEqualTo(60);
    assertThat(view.get("proposals").get(1).get("confidence").asDouble()).isEqualTo(0.5);
  }

  @Test
  void leadsFromImageToImageAndCompletesTheBatchesAnswered() throws Exception {
    List<ImageId> images = desk.campaign("walk");

    for (int i = 0; i < 3; i++) {
      HttpResponse<String> response = desk.get("/api/review/next?campaign=walk");
      JsonNode view = json(200, response);
      assertThat(view.get("image").asText()).isEqualTo(images.get(i).value());
      json(200, desk.put(view.get("key").asText(), 0, answer("ACCEPTED", CAR + "," + BUS)));
    }

    assertThat(desk.get("/api/review/next?campaign=walk").statusCode()).isEqualTo(204);
    desk.door.awaitCompleted(new BatchId("walk/r1/b0"));
    desk.door.awaitCompleted(new BatchId("walk/r1/b1"));
  }

  @Test
  void knowsNothingElse() throws Exception {
    List<ImageId> images = desk.campaign("void");
    String none = "0".repeat(64);

    error(404, desk.get("/api/batches?campaign=nobody"));
    error(404, desk.get("/api/review/next?campaign=nobody"));
    error(404, desk.get("/api/campaigns/nobody"));
    error(404, desk.get("/api/batches/void/r2/b0"));
    error(404, desk.get("/api/review/void/r1/b0/" + none));
    error(404, desk.get("/api/review/void/r1/b1/" + images.get(0))); // it is in b0
    error(404, desk.put("void/r1/b1/" + images.get(0), 0, answer("CORRECTED", CAR)));
    error(404, desk.get("/api/images/void/" + none));
    error(404, desk.get("/api/images/nobody/" + images.get(0)));
    error(404, desk.get("/elsewhere"));
    error(400, desk.get("/api/batches"));
    error(400, desk.get("/api/batches/void/1/0"));
    error(400, desk.get("/api/images/void/..%2f..%2fsecret"));
    error(405, desk.send(desk.request("/api/batches/void/r1/b0").DELETE()));
  }

  @Test
  void completesABatchWithWhatIsThere() throws Exception {
    desk.campaign("done");
    desk.campaign("asleep");
    desk.campaign("gone");
    desk.close(new BatchId("done/r1/b1"));

    assertThat(
            json(200, desk.post("/api/batches/done/r1/b0/complete"))
                .get("review")
                .get("openBatches"))
        .isEqualTo(JSON.readTree("1"));
    desk.door.awaitCompleted(new BatchId("done/r1/b0"));
    assertThat(json(200, desk.post("/api/batches/done/r1/b1/complete")).get("closed").asBoolean())
        .isTrue(); // it was before
    assertThat(json(202, desk.post("/api/batches/asleep/r1/b0/complete")).get("closed").asBoolean())
        .isFalse();
    assertThat(error(409, desk.post("/api/batches/gone/r1/b0/complete")))
        .contains("is not running");
    error(404, desk.post("/api/batches/done/r9/b0/complete"));
  }

  @Test
  void handsOutTheFilesAsTheyAre() throws Exception {
    List<ImageId> images = desk.campaign("file");
    desk.remove("file1.png");

    HttpResponse<byte[]> file =
        desk.send(desk.request("/api/images/file/" + images.get(0)), BodyHandlers.ofByteArray());

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).isEqualTo(StoredCampaigns.png("file", 0));
    assertThat(file.headers().map())
        .containsEntry("Content-Type", List.of("image/png"))
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("Content-Security-Policy", List.of("sandbox"))
        .containsEntry("Cache-Control", List.of("private, max-age=31536000, immutable"));
    assertThat(error(410, desk.get("/api/images/file/" + images.get(1))))
        .doesNotContain("/images/");
  }
}
