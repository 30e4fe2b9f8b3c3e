package dev.labelloop.worker.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.StoredCampaigns;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Through the wire, on a real PostgreSQL; only the campaigns are fakes. */
class ReviewServerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String CAR = box("car", 10, 10, 40, 20);
  private static final String BUS = box("bus", 60, 10, 20, 20);

  @TempDir private static Path folder;
  private static Desk desk;

  @BeforeAll
  static void start() throws IOException {
    desk = new Desk(folder);
  }

  @AfterAll
  static void stop() throws IOException {
    desk.close();
  }

  @Test
  void listsOpenBatchesWithTheirImages() throws Exception {
    List<ImageId> images = desk.campaign("list");
    desk.close(new BatchId("list/r1/b1"));

    JsonNode open = json(200, get("/api/batches?campaign=list"));
    JsonNode batch = json(200, get("/api/batches/list/r1/b0"));

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
    assertThat(json(200, get("/api/batches/list/r1/b1")).get("state").asText()).isEqualTo("CLOSED");
  }

  @Test
  void servesTheMetricsBesideTheReviews() throws Exception {
    HttpResponse<String> response = get("/metrics");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body()).contains("jvm_memory_used_bytes{");
  }

  @Test
  void showsAnImageWithTheBoxesThatTheModelIsSureOf() throws Exception {
    String key = "look/r1/b0/" + desk.campaign("look").get(0);

    HttpResponse<String> response = get("/api/review/" + key);
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
      HttpResponse<String> response = get("/api/review/next?campaign=walk");
      JsonNode view = json(200, response);
      assertThat(view.get("image").asText()).isEqualTo(images.get(i).value());
      json(200, put(view.get("key").asText(), 0, answer("ACCEPTED", CAR + "," + BUS)));
    }

    assertThat(get("/api/review/next?campaign=walk").statusCode()).isEqualTo(204);
    assertThat(desk.door.completed.poll(10, TimeUnit.SECONDS)).isEqualTo(new BatchId("walk/r1/b0"));
    assertThat(desk.door.completed.poll(10, TimeUnit.SECONDS)).isEqualTo(new BatchId("walk/r1/b1"));
  }

  @Test
  void countsWhatWasKeptAndTouched() throws Exception {
    String key = "count/r1/b0/" + desk.campaign("count").get(0);
    // The car moved by 2 of 40 pixels: IoU 38 / 42 = 0.90, kept. The bus deleted, another drawn.
    String boxes = box("car", 12, 10, 40, 20) + "," + box("bus", 0, 50, 20, 20);

    HttpResponse<String> response = put(key, 0, answer("CORRECTED", boxes));
    JsonNode stored = json(200, get("/api/review/" + key)).get("answer");

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
    String body = answer("CORRECTED", CAR).replace("{\"sub", "{\"kept\":7,\"touched\":9,\"sub");

    json(200, put(key, 0, body));

    JsonNode stored = json(200, get("/api/review/" + key)).get("answer");
    assertThat(stored.get("kept").asInt()).isEqualTo(7);
    assertThat(stored.get("touched").asInt()).isEqualTo(9);
  }

  @Test
  void takesTheSameSubmissionOnce() throws Exception {
    List<ImageId> images = desk.campaign("again");
    String key = "again/r1/b0/" + images.get(0);
    String body = answer("CORRECTED", CAR);

    assertThat(json(200, put(key, 0, body)).get("repeated").asBoolean()).isFalse();
    JsonNode repeat = json(200, put(key, 0, body));

    assertThat(repeat.get("repeated").asBoolean()).isTrue();
    assertThat(repeat.get("version").asInt()).isEqualTo(1);
    assertThat(error(400, put("again/r1/b0/" + images.get(1), 0, body)))
        .contains("submissionId")
        .contains("another image");
    desk.close(new BatchId("again/r1/b0"));
    assertThat(json(200, put(key, 0, body)).get("version").asInt()).isEqualTo(1);
  }

  @Test
  void refusesTheSecondOfTwoWhoSawTheSame() throws Exception {
    String key = "race/r1/b0/" + desk.campaign("race").get(0);
    json(200, put(key, 0, answer("CORRECTED", CAR)));

    JsonNode refused = json(412, put(key, 0, answer("SKIPPED", "")));

    assertThat(refused.get("version").asInt()).isEqualTo(1);
    assertThat(refused.get("error").asText()).contains("has version 1, not 0");
    assertThat(json(200, put(key, 1, answer("SKIPPED", ""))).get("version").asInt()).isEqualTo(2);
  }

  @Test
  void takesNoAnswerToAClosedBatch() throws Exception {
    String key = "shut/r1/b0/" + desk.campaign("shut").get(0);
    desk.close(new BatchId("shut/r1/b0"));

    assertThat(error(409, put(key, 0, answer("CORRECTED", CAR)))).contains("shut/r1/b0 is closed");
  }

  @Test
  void knowsNothingElse() throws Exception {
    List<ImageId> images = desk.campaign("void");
    String none = "0".repeat(64);

    error(404, get("/api/batches?campaign=nobody"));
    error(404, get("/api/review/next?campaign=nobody"));
    error(404, get("/api/campaigns/nobody"));
    error(404, get("/api/batches/void/r2/b0"));
    error(404, get("/api/review/void/r1/b0/" + none));
    error(404, get("/api/review/void/r1/b1/" + images.get(0))); // it is in b0
    error(404, put("void/r1/b1/" + images.get(0), 0, answer("CORRECTED", CAR)));
    error(404, get("/api/images/void/" + none));
    error(404, get("/api/images/nobody/" + images.get(0)));
    error(404, get("/elsewhere"));
    error(400, get("/api/batches"));
    error(400, get("/api/batches/void/1/0"));
    error(400, get("/api/images/void/..%2f..%2fsecret"));
    error(405, send(request("/api/batches/void/r1/b0").DELETE()));
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
        "'\"width\":40.0'|'\"width\":0'|boxes[0].width = 0: a box has an area",
        "'\"height\":20.0'|'\"height\":-3'|boxes[0].height = -3: a box has an area",
        "'\"height\":20.0'|'\"tall\":20.0'|field 'boxes[0].tall' is unknown",
        "'\"seconds\":4.5'|'\"seconds\":-1'|seconds = -1: give the seconds of work",
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

    assertThat(error(400, put(key, 0, body.replace(good, bad)))).startsWith(sentence);
    assertThat(json(200, get("/api/review/" + key)).get("version").asInt()).isZero();
  }

  @Test
  void asksForTheVersionThatThePersonSaw() throws Exception {
    String path = "/api/review/etag/r1/b0/" + desk.campaign("etag").get(0);
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.ofString(answer("CORRECTED", CAR));

    error(428, send(request(path).header("Content-Type", "application/json").PUT(body)));
    error(
        400,
        send(
            request(path)
                .header("Content-Type", "application/json")
                .header("If-Match", "0")
                .PUT(body)));
    error(
        415,
        send(
            request(path)
                .header("Content-Type", "text/plain")
                .header("If-Match", "\"0\"")
                .PUT(body)));
  }

  @Test
  void takesNoMoreThanTenMegabytes() throws Exception {
    String key = "large/r1/b0/" + desk.campaign("large").get(0);

    error(413, put(key, 0, " ".repeat(ReviewRoutes.MAX_BODY + 1)));
  }

  @Test
  void tellsTheCampaignOfAnAnsweredBatchWhoseWordWasLost() throws Exception {
    ImageId last = desk.campaign("lost").get(2); // alone in its batch
    desk.door.loses = true;
    json(200, put("lost/r1/b1/" + last, 0, answer("SKIPPED", "")));
    assertThat(desk.door.lost.poll(10, TimeUnit.SECONDS)).isEqualTo(new BatchId("lost/r1/b1"));

    desk.door.loses = false;
    assertThat(desk.door.completed.poll(30, TimeUnit.SECONDS)).isEqualTo(new BatchId("lost/r1/b1"));
  }

  @Test
  void completesABatchWithWhatIsThere() throws Exception {
    desk.campaign("done");
    desk.campaign("asleep");
    desk.campaign("gone");
    desk.close(new BatchId("done/r1/b1"));

    assertThat(json(200, post("/api/batches/done/r1/b0/complete")).get("review").get("openBatches"))
        .isEqualTo(JSON.readTree("1"));
    assertThat(desk.door.completed.poll(10, TimeUnit.SECONDS)).isEqualTo(new BatchId("done/r1/b0"));
    assertThat(json(200, post("/api/batches/done/r1/b1/complete")).get("closed").asBoolean())
        .isTrue(); // it was before
    assertThat(json(202, post("/api/batches/asleep/r1/b0/complete")).get("closed").asBoolean())
        .isFalse();
    assertThat(error(409, post("/api/batches/gone/r1/b0/complete"))).contains("is not running");
    error(404, post("/api/batches/done/r9/b0/complete"));
  }

  @Test
  void handsOutTheFilesAsTheyAre() throws Exception {
    List<ImageId> images = desk.campaign("file");
    desk.remove("file1.png");

    HttpResponse<byte[]> file =
        CLIENT.send(
            request("/api/images/file/" + images.get(0)).build(),
            HttpResponse.BodyHandlers.ofByteArray());

    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(file.body()).isEqualTo(StoredCampaigns.png("file", 0));
    assertThat(file.headers().map())
        .containsEntry("Content-Type", List.of("image/png"))
        .containsEntry("X-Content-Type-Options", List.of("nosniff"))
        .containsEntry("Content-Security-Policy", List.of("sandbox"))
        .containsEntry("Cache-Control", List.of("private, max-age=31536000, immutable"));
    assertThat(error(410, get("/api/images/file/" + images.get(1)))).doesNotContain("/images/");
  }

  @Test
  void tellsWhereACampaignIs() throws Exception {
    desk.campaign("status");

    JsonNode status = json(200, get("/api/campaigns/status"));

    assertThat(status.get("phase").asText()).isEqualTo("AWAITING_REVIEW");
    assertThat(status.get("round").asInt()).isEqualTo(1);
    assertThat(status.get("review").get("images").asInt()).isEqualTo(3);
    assertThat(status.get("champion").get("score").get("map").asDouble()).isEqualTo(0.25);
  }

  @Test
  void answersOnlyUnderNamesOfThisMachine() throws Exception {
    desk.campaign("host");
    int port = URI.create(desk.server.url()).getPort();

    assertThat(statusLine("evil.example:" + port)).contains("421");
    assertThat(statusLine("127.0.0.1")).contains("421");
    assertThat(statusLine("127.0.0.1:" + (port - 1))).contains("421");
    assertThat(statusLine("localhost:" + port)).contains("200");
    assertThat(statusLine("[::1]:" + port)).contains("200");
  }

  @Test
  void takesNoWriteFromAForeignPage() throws Exception {
    desk.campaign("origin");
    String path = "/api/batches/origin/r1/b0/complete";

    error(403, send(request(path).header("Origin", "https://evil.example").POST(nothing())));
    error(403, send(request(path).header("Origin", "null").POST(nothing())));
    error(403, send(request(path).header("Sec-Fetch-Site", "cross-site").POST(nothing())));
    json(
        200,
        send(
            request(path)
                .header("Origin", desk.server.url())
                .header("Sec-Fetch-Site", "same-origin")
                .POST(nothing())));
    assertThat(desk.door.completed.poll(10, TimeUnit.SECONDS))
        .isEqualTo(new BatchId("origin/r1/b0"));
  }

  @Test
  void namesAPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> desk.another(taken.getLocalPort()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " is in use");
    }
  }

  private static String box(String name, double x, double y, double width, double height) {
    return "{\"x\":"
        + x
        + ",\"y\":"
        + y
        + ",\"width\":"
        + width
        + ",\"height\":"
        + height
        + ",\"class\":\""
        + name
        + "\"}";
  }

  private static String answer(String outcome, String boxes) {
    return "{\"submissionId\":\""
        + UUID.randomUUID()
        + "\",\"outcome\":\""
        + outcome
        + "\",\"boxes\":["
        + boxes
        + "],\"reviewer\":\"ann\",\"seconds\":4.5}";
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(desk.server.url() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.BodyPublisher nothing() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private static HttpResponse<String> post(String path) throws Exception {
    return send(request(path).POST(nothing()));
  }

  private static HttpResponse<String> put(String key, int version, String body) throws Exception {
    return send(
        request("/api/review/" + key)
            .header("Content-Type", "application/json")
            .header("If-Match", "\"" + version + "\"")
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static JsonNode json(int status, HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return JSON.readTree(response.body());
  }

  private static String error(int status, HttpResponse<String> response) throws IOException {
    return json(status, response).get("error").asText();
  }

  /** Java's client writes the Host header itself, so this one goes by hand. */
  private static String statusLine(String host) throws IOException {
    URI server = URI.create(desk.server.url());
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /api/batches?campaign=host HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(0, answer.indexOf('\r'));
    }
  }
}
