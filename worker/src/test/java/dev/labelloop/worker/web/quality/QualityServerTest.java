package dev.labelloop.worker.web.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.account.Role;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.StoredCampaigns;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.WebServer;
import dev.labelloop.worker.web.dashboard.CampaignDesk;
import dev.labelloop.worker.web.dashboard.DashboardPart;
import dev.labelloop.worker.web.dashboard.FakeControl;
import dev.labelloop.worker.web.review.AdjudicationPart;
import dev.labelloop.worker.web.review.BatchCompleter;
import dev.labelloop.worker.web.review.CampaignDoor;
import dev.labelloop.worker.web.review.ReviewDesk;
import dev.labelloop.worker.web.review.ReviewPart;
import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityServerTest {
  private static final String CAR =
      "{\"x\":10,\"y\":10,\"width\":40,\"height\":20,\"class\":\"car\"}";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir static Path folder;

  private static StoredCampaigns stored;
  private static WebServer server;

  @BeforeAll
  static void start() throws IOException {
    stored = new StoredCampaigns(folder.resolve("images"));
    ReviewDesk desk =
        new ReviewDesk(
            stored.campaigns,
            stored.contents,
            stored.batches,
            stored.answers,
            stored.leases,
            new NoDoor(),
            new Pauses(stored.standings()),
            new KnownAnswers(stored.draws(), stored.probes()));
    server =
        WebServer.start(
            0,
            "--port",
            List.of(
                new Names(),
                new ReviewPart(
                    desk,
                    new BatchCompleter(
                        stored.batches, stored.answers, stored.outbox, new NoDoor())),
                new AdjudicationPart(
                    desk,
                    stored.adjudication,
                    stored.answers,
                    new BatchCompleter(
                        stored.batches, stored.answers, stored.outbox, new NoDoor())),
                new DashboardPart(
                    new CampaignDesk(
                        stored.campaigns,
                        stored.images,
                        stored.reports(),
                        stored.reading(),
                        new FakeControl(),
                        stored.intervals())),
                new QualityPart(
                    stored.campaigns, stored.quality(), stored.standings(), stored.checks())));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    stored.close();
  }

  /** People are who they say, for the doors are others' to test. */
  private static final class Names implements Part {
    @Override
    public void addTo(RoutesConfig routes) {
      routes.before(
          c -> {
            String name = String.valueOf(c.header("X-Name"));
            Role role = name.equals("olga") ? Role.OPERATOR : Role.REVIEWER;
            Caller.set(c, new Caller(name, name, role, Caller.Method.TOKEN));
          });
    }
  }

  /** No campaign runs. */
  private static final class NoDoor implements CampaignDoor {
    @Override
    public Optional<ReviewProgress> completeReview(BatchId batch) {
      return Optional.empty();
    }
  }

  private static HttpResponse<String> send(String name, HttpRequest.Builder request)
      throws Exception {
    return CLIENT.send(
        request.header("X-Name", name).header("Content-Type", "application/json").build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private static HttpResponse<String> post(String name, String path, String body) throws Exception {
    return send(name, request(path).POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> answer(String name, String key, String boxes)
      throws Exception {
    String body =
        "{\"submissionId\":\"%s\",\"outcome\":\"CORRECTED\",\"boxes\":[%s],\"seconds\":10}"
            .formatted(UUID.randomUUID(), boxes);
    return send(
        name,
        request("/api/review/" + key)
            .header("If-Match", "\"0\"")
            .PUT(BodyPublishers.ofString(body)));
  }

  private static JsonNode json(int status, HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }

  private static JsonNode next(String name, String campaign, int count) throws Exception {
    return json(
        200,
        post(
            name,
            "/api/review/next",
            "{\"campaign\":\"%s\",\"holds\":[],\"count\":%d}".formatted(campaign, count)));
  }

  private static JsonNode quality(String campaign) throws Exception {
    return json(200, send("olga", request("/api/campaigns/" + campaign + "/quality")));
  }

  private static JsonNode person(String campaign, String name) throws Exception {
    for (JsonNode person : quality(campaign).get("people")) {
      if (person.get("name").asText().equals(name)) {
        return person;
      }
    }
    throw new AssertionError(name + " is not in the report");
  }

  private static CampaignSpec.Quality checked(double probes, double checks) {
    return new CampaignSpec.Quality(0.8, probes, 0, checks, 0.6);
  }

  @Test
  void aKnownImageLooksLikeAnyOther() throws Exception {
    List<ImageId> pool = stored.campaign("alike", checked(0.99, 0), 3);
    JsonNode images = next("ann", "alike", 4).get("images");

    JsonNode known = null;
    JsonNode asked = null;
    for (JsonNode image : images) {
      boolean ours = pool.contains(new ImageId(image.get("image").asText()));
      known = ours ? known : image;
      asked = ours ? image : asked;
    }
    assertThat(images).hasSize(4);
    assertThat(known).isNotNull();
    assertThat(asked).isNotNull();
    assertThat(fields(known)).isEqualTo(fields(asked));
    assertThat(known.get("batch")).isEqualTo(asked.get("batch"));
    assertThat(known.get("lease").get("id").asText()).hasSize(36);
    assertThat(known.get("left")).isEqualTo(asked.get("left"));

    String key = known.get("key").asText();
    JsonNode again = json(200, send("ann", request("/api/review/" + key)));
    assertThat(again.get("proposals")).isEqualTo(known.get("proposals"));
    String lease = "{\"lease\":%s}".formatted(known.get("lease").get("id"));
    assertThat(json(200, post("ann", "/api/review/" + key + "/lease", lease)).has("until"))
        .isTrue();
    JsonNode stored = json(200, answer("ann", key, CAR));
    JsonNode other = json(200, answer("ann", asked.get("key").asText(), CAR));
    assertThat(fields(stored)).isEqualTo(fields(other));
    assertThat(stored.get("version").asInt()).isEqualTo(1);
    assertThat(answer("ann", key, CAR).statusCode()).isEqualTo(412);
    assertThat(answer("ben", key, CAR).statusCode()).as("not ben's").isEqualTo(404);

    JsonNode ann = person("alike", "ann");
    assertThat(ann.get("probes").asInt()).isEqualTo(1);
    assertThat(ann.get("answers").asInt()).isEqualTo(1);
    assertThat(ann.get("f1").get("value").asDouble()).isEqualTo(1);
    assertThat(ann.get("f1").get("n").asInt()).isEqualTo(1);
    assertThat(ann.get("classes").get("car").get("right").asInt()).isEqualTo(1);
    JsonNode ledger = quality("alike").get("ledger");
    assertThat(ledger.get("seconds").asDouble()).isEqualTo(20);
    assertThat(ledger.get("money").asDouble()).isEqualTo(0.2); // at 36 an hour
    assertThat(ledger.get("byPurpose").get("PROBE").get("seconds").asDouble()).isEqualTo(10);
    assertThat(ledger.get("byReviewer").get("ann").get("money").asDouble()).isEqualTo(0.2);
    assertThat(ledger.get("byRound").get("1").get("seconds").asDouble()).isEqualTo(20);
    assertThat(ledger.get("forecast").get("images").asInt()).isEqualTo(2);
  }

  private static List<String> fields(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What a person can do with an image, and what comes of it; each reply by its shape. */
  private static List<String> handled(String campaign, JsonNode image) throws Exception {
    String key = image.get("key").asText();
    List<String> seen = new ArrayList<>(List.of(shape(image)));
    JsonNode view = json(200, send("ann", request("/api/review/" + key)));
    seen.add(shape(view));
    seen.add("the lease stays: " + view.get("lease").equals(image.get("lease")));
    String lease = "{\"lease\":%s}".formatted(image.get("lease").get("id"));
    seen.add(told(post("ann", "/api/review/" + key + "/lease", lease)));
    seen.add(told(post("ann", "/api/review/" + key + "/lease", lease.replaceAll("\\d", "7"))));
    JsonNode beaten = json(200, send("ann", request("/api/review/" + key)));
    seen.add("a beat lasts: " + !beaten.get("lease").equals(image.get("lease")));
    seen.add(told(send("ann", request("/api/review/" + key + "/lease").DELETE())));
    seen.add(shape(json(200, send("ann", request("/api/review/" + key)))));
    seen.add(told(post("ann", "/api/review/" + key + "/lease", lease)));
    JsonNode back = next("ann", campaign, 4);
    for (JsonNode again : back.get("images")) {
      if (again.get("key").asText().equals(key)) {
        seen.add(shape(again));
        seen.add("the lease is anew: " + !again.get("lease").equals(image.get("lease")));
      }
    }
    HttpRequest.BodyPublisher body =
        BodyPublishers.ofString(
            "{\"submissionId\":\"%s\",\"outcome\":\"CORRECTED\",\"boxes\":[%s],\"seconds\":10}"
                .formatted(UUID.randomUUID(), CAR));
    for (String version : List.of("7", "0", "0")) {
      seen.add(
          told(
              send(
                  "ann",
                  request("/api/review/" + key)
                      .header("If-Match", "\"" + version + "\"")
                      .PUT(body))));
    }
    seen.add(shape(json(200, send("ann", request("/api/review/" + key)))));
    seen.add(
        "left falls by "
            + (back.get("left").asInt() - next("ann", campaign, 1).get("left").asInt()));
    seen.add(told(post("ann", "/api/review/" + key + "/lease", lease)));
    return seen;
  }

  private static String told(HttpResponse<String> response) throws IOException {
    String body = response.body();
    return response.statusCode() + " " + (body.isEmpty() ? "" : shape(JSON.readTree(body)));
  }

  /** Names, and how each value looks: its digits do not count, but how many there are. */
  private static String shape(JsonNode reply) {
    return reply
        .toString()
        .replaceAll("[0-9a-f]{64}", "ID")
        .replaceAll("[0-9a-f-]{36}", "LEASE")
        .replaceAll("(T[0-9:]+)\\.\\d*Z", "$1Z") // a fraction of seconds has as many as it takes
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:]+Z", "TIME")
        .replaceAll("\"proposals\":\\[.*?\\]", "\"proposals\":[]")
        .replaceAll("\"(kept|touched)\":\\d+", "\"$1\":N") // by what was proposed
        .replaceAll("\"left\":\\d+", "\"left\":N");
  }

  @Test
  void nothingThatAReviewerReadsTellsAKnownImage() throws Exception {
    List<ImageId> pool = stored.campaign("telling", checked(0.6, 0), 9);
    List<String> asked = null;
    List<String> known = null;
    for (int i = 0; i < 9 && (asked == null || known == null); i++) {
      JsonNode image = next("ann", "telling", 1).get("images").get(0);
      boolean ordinary = pool.contains(new ImageId(image.get("image").asText()));
      List<String> handled = handled("telling", image);
      if (ordinary) {
        asked = handled;
      } else {
        known = handled;
      }
    }

    assertThat(known).isNotNull().isEqualTo(asked);
    assertThat(known).contains("left falls by 1", "the lease stays: true", "a beat lasts: true");
    for (String path :
        List.of(
            "/api/batches?campaign=telling",
            "/api/batches/telling/r1/b0",
            "/api/review/next?campaign=telling",
            "/api/campaigns/telling/gallery",
            "/api/campaigns/telling/images/" + pool.get(0),
            "/api/campaigns/telling/quality",
            "/api/campaigns/telling/adjudication")) {
      assertThat(send("ann", request(path)).statusCode()).as(path).isEqualTo(403);
      assertThat(send("olga", request(path)).statusCode()).as(path).isIn(200, 204);
    }
    stored.campaign("untold", checked(0, 0), 0);
    assertThat(send("ann", request("/api/campaigns/untold/gallery")).statusCode()).isEqualTo(200);
  }

  @Test
  void aResendOfWhatIsStoredIsToldSoWhateverHasComeInBetween() throws Exception {
    List<ImageId> pool = stored.campaign("resent", checked(0.6, 1), 9);
    List<HttpRequest.Builder> sent = new ArrayList<>();
    boolean known = false;
    boolean asked = false;
    while (!known || !asked) {
      JsonNode image = next("ann", "resent", 1).get("images").get(0);
      boolean ordinary = pool.contains(new ImageId(image.get("image").asText()));
      asked |= ordinary;
      known |= !ordinary;
      String body =
          "{\"submissionId\":\"%s\",\"outcome\":\"CORRECTED\",\"boxes\":[%s],\"seconds\":10}"
              .formatted(UUID.randomUUID(), CAR);
      HttpRequest.Builder put =
          request("/api/review/" + image.get("key").asText())
              .header("If-Match", "\"0\"")
              .PUT(BodyPublishers.ofString(body));
      json(200, send("ann", put.copy()));
      sent.add(put);
    }
    JsonNode check =
        json(200, post("ben", "/api/checks/next", "{\"campaign\":\"resent\"}")).get("check");
    HttpRequest.Builder look =
        request("/api/checks/" + check.get("key").asText())
            .PUT(
                BodyPublishers.ofString(
                    "{\"submissionId\":\"%s\",\"verdict\":\"RETURNED\",\"comment\":\"again\"}"
                        .formatted(UUID.randomUUID())));
    assertThat(json(200, send("ben", look.copy())).get("reopened").asBoolean()).isTrue();

    for (String name : List.of("ann", "ben")) {
      String path = "/api/campaigns/resent/people/" + name + "/pause";
      json(200, post("olga", path, "{\"reason\":\"a talk\"}"));
    }
    stored.answers.close(new BatchId("resent/r1/b0"));
    stored.answers.close(new BatchId("resent/r1/b1"));

    for (HttpRequest.Builder put : sent) {
      JsonNode again = json(200, send("ann", put));
      assertThat(again.get("repeated").asBoolean()).isTrue();
      assertThat(again.get("version").asInt()).isEqualTo(1);
    }
    JsonNode again = json(200, send("ben", look));
    assertThat(again.get("repeated").asBoolean()).isTrue();
    assertThat(again.get("reopened").asBoolean()).isTrue();
  }

  @Test
  void aDecisionTakesTheTimeThatItTook() throws Exception {
    ImageId image = stored.campaign("decided", 2, CampaignSpec.Asking.IMAGES).get(0);
    String key = "decided/r1/b0/" + image;
    json(200, answer("ann", key, CAR));
    json(200, answer("ben", key, ""));
    String decision =
        "{\"submissionId\":\"%s\",\"outcome\":\"CORRECTED\",\"boxes\":[%s],\"seconds\":7.5}"
            .formatted(UUID.randomUUID(), CAR);
    HttpRequest.Builder put = request("/api/adjudication/" + key);
    assertThat(
            json(
                    400,
                    send(
                        "olga",
                        put.copy().PUT(BodyPublishers.ofString(decision.replace("7.5", "-1")))))
                .get("error")
                .asText())
        .startsWith("seconds = -1");

    json(200, send("olga", put.PUT(BodyPublishers.ofString(decision))));

    JsonNode ledger = quality("decided").get("ledger");
    assertThat(ledger.at("/byPurpose/ADJUDICATION/seconds").asDouble()).isEqualTo(7.5);
    assertThat(ledger.at("/byReviewer/olga/seconds").asDouble()).isEqualTo(7.5);
  }

  @Test
  void onlyWhoSteersClosesABatchThatIsNotDone() throws Exception {
    stored.campaign("half", checked(0, 0), 0);

    assertThat(post("ann", "/api/batches/half/r1/b0/complete", "").statusCode()).isEqualTo(403);
    assertThat(post("olga", "/api/batches/half/r1/b0/complete", "").statusCode()).isIn(200, 202);
  }

  @Test
  void whoIsPausedGetsNothingAndMayNotAnswer() throws Exception {
    stored.campaign("paused", checked(0, 0), 0);
    String key = next("ann", "paused", 1).get("images").get(0).get("key").asText();
    String path = "/api/campaigns/paused/people/ann/";
    assertThat(post("ann", path + "pause", "{\"reason\":\"x\"}").statusCode()).isEqualTo(403);
    assertThat(json(400, post("olga", path + "pause", "{}")).get("error").asText())
        .isEqualTo("reason is missing: say why, the person will read it");

    JsonNode paused = json(200, post("olga", path + "pause", "{\"reason\":\"a talk first\"}"));

    assertThat(paused.get("changed").asBoolean()).isTrue();
    JsonNode nothing = next("ann", "paused", 1);
    assertThat(nothing.get("images")).isEmpty();
    assertThat(nothing.get("reason").asText())
        .isEqualTo("ann is paused in campaign 'paused': a talk first; an OPERATOR can undo it");
    assertThat(json(409, answer("ann", key, CAR)).get("error").asText()).contains("a talk first");
    assertThat(next("ben", "paused", 1).get("images")).as("others go on").hasSize(1);
    assertThat(person("paused", "ann").get("paused").get("by").asText()).isEqualTo("olga");

    json(200, post("olga", path + "resume", "{}"));
    json(200, answer("ann", key, CAR));
    assertThat(person("paused", "ann").get("paused").isNull()).isTrue();
  }

  @Test
  void whoFailsAtKnownImagesIsPaused() throws Exception {
    List<ImageId> pool = stored.campaign("failing", checked(0.99, 0), 40);
    JsonNode last = held("ann", "failing", 0);
    for (int held = 1; held < 40 && !last.get("images").isEmpty(); held++) {
      JsonNode image = last.get("images").get(0);
      if (!pool.contains(new ImageId(image.get("image").asText()))) {
        json(200, answer("ann", image.get("key").asText(), "")); // there is a car
      }
      last = held("ann", "failing", held);
    }

    JsonNode ann = person("failing", "ann");
    assertThat(ann.get("paused").get("reason").asText()).contains("surely below 0.60");
    assertThat(ann.get("paused").get("by").isNull()).isTrue();
    assertThat(ann.get("f1").get("high").asDouble()).isLessThan(0.6);
    assertThat(ann.get("f1").get("n").asInt()).isGreaterThanOrEqualTo(10);
    assertThat(last.get("reason").asText()).contains("ann is paused");
  }

  /** As a page that holds so many other images. */
  private static JsonNode held(String name, String campaign, int holds) throws Exception {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < holds; i++) {
      keys.add("\"" + campaign + "/r1/b0/" + "%064x".formatted(i) + "\"");
    }
    return json(
        200,
        post(
            name,
            "/api/review/next",
            "{\"campaign\":\"%s\",\"holds\":[%s],\"count\":1}"
                .formatted(campaign, String.join(",", keys))));
  }

  @Test
  void anotherPersonSendsWorkBack() throws Exception {
    stored.campaign("sent", checked(0, 1), 0);
    String key = next("ann", "sent", 1).get("images").get(0).get("key").asText();
    json(200, answer("ann", key, CAR));
    String ask = "{\"campaign\":\"sent\"}";
    assertThat(json(200, post("ann", "/api/checks/next", ask)).get("check").isNull()).isTrue();

    JsonNode check = json(200, post("ben", "/api/checks/next", ask)).get("check");

    assertThat(check.get("key").asText()).isEqualTo(key);
    assertThat(check.get("reviewer").asText()).isEqualTo("ann");
    assertThat(check.get("boxes").get(0).get("class").asText()).isEqualTo("car");
    assertThat(json(400, look(key, "ben", "RETURNED", "")).get("error").asText())
        .isEqualTo("comment is missing: say what to do better");
    assertThat(json(409, look(key, "cleo", "ACCEPTED", "")).get("error").asText())
        .contains("ask POST /api/checks/next");
    JsonNode returned =
        json(200, look(key, "ben", "RETURNED", ",\"comment\":\"a bus is missing\",\"boxes\":[]"));
    assertThat(returned.get("reopened").asBoolean()).isTrue();
    JsonNode back = next("ann", "sent", 1).get("images").get(0);
    assertThat(back.get("key").asText()).isEqualTo(key);
    assertThat(back.get("returned").get("comment").asText()).isEqualTo("a bus is missing");
    assertThat(person("sent", "ann").get("checks").get("returned").asInt()).isEqualTo(1);
  }

  private static HttpResponse<String> look(String key, String name, String verdict, String more)
      throws Exception {
    String body =
        "{\"submissionId\":\"%s\",\"verdict\":\"%s\"%s}"
            .formatted(UUID.randomUUID(), verdict, more);
    return send(name, request("/api/checks/" + key).PUT(BodyPublishers.ofString(body)));
  }

  @Test
  void anOperatorAsksForASecondLookAtAPersonsWork() throws Exception {
    stored.campaign("asked", checked(0, 0), 0);
    String key = next("ann", "asked", 1).get("images").get(0).get("key").asText();
    json(200, answer("ann", key, CAR));
    String ask = "{\"campaign\":\"asked\"}";
    assertThat(json(200, post("ben", "/api/checks/next", ask)).get("check").isNull()).isTrue();

    JsonNode asked = json(200, post("olga", "/api/campaigns/asked/people/ann/check", "{}"));

    assertThat(asked.get("answers").asInt()).isEqualTo(1);
    assertThat(
            json(200, post("ben", "/api/checks/next", ask)).get("check").get("random").asBoolean())
        .isFalse();
  }

  @Test
  void saysWhatIsNotKnownYet() throws Exception {
    stored.campaign("fresh", checked(0.05, 0.05), 0);

    JsonNode report = quality("fresh");

    assertThat(report.get("people")).isEmpty();
    assertThat(report.get("pull").get("difference").isNull()).isTrue();
    assertThat(report.get("pull").get("shown").get("f1").isNull()).isTrue();
    assertThat(report.get("time").get("fitted")).isEqualTo(report.get("time").get("base"));
    assertThat(report.get("agreement").get("meanF1").isNull()).isTrue();
    assertThat(send("ann", request("/api/campaigns/fresh/quality")).statusCode()).isEqualTo(403);
    assertThat(send("olga", request("/api/campaigns/none/quality")).statusCode()).isEqualTo(404);
  }
}
