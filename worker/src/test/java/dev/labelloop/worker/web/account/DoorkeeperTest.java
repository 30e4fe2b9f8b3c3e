package dev.labelloop.worker.web.account;

import static dev.labelloop.worker.web.account.Lobby.error;
import static dev.labelloop.worker.web.account.Lobby.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.account.Role;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.Refusal;
import dev.labelloop.worker.web.WebServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the server lets do what. */
@ExtendWith(Lobby.Shared.class)
class DoorkeeperTest {
  private final Lobby lobby;

  DoorkeeperTest(Lobby lobby) {
    this.lobby = lobby;
  }

  private Browser stranger() {
    return new Browser(lobby.server.url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/me",
        "/api/room",
        "/api/forgotten",
        "/api/accounts",
        "/api/audit",
        "/api/nothing",
        "/api",
        "/api/",
        "/api/room/"
      })
  void letsNobodyInWhoIsNotKnown(String path) throws Exception {
    HttpResponse<String> response = stranger().get(path);

    assertThat(error(401, response)).contains("nobody is logged in").contains("/login");
    assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%61pi/forgotten", "//api/forgotten", "/api//forgotten", "/./api/forgotten",
        "/x/../api/forgotten", "/api;a=b/forgotten", "/API/forgotten", "/api%2fforgotten",
        "/assets/../api/forgotten", "/api/login/../forgotten", "/%2561pi/forgotten"
      })
  void letsNobodyInBySpellingAnAddressOtherwise(String path) throws Exception {
    assertThat(status(path)).doesNotContain(" 200 ");
  }

  /** Java's client mends addresses, so this one goes by hand. */
  private String status(String path) throws IOException {
    URI server = URI.create(lobby.server.url());
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: "
                      + server.getAuthority()
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(0, answer.indexOf('\r'));
    }
  }

  @Test
  void saysWhoIsAsking() throws Exception {
    Browser ann = lobby.loggedIn("door-ann", Role.REVIEWER);

    assertThat(json(200, ann.get("/api/me")).toString())
        .isEqualTo(
            "{\"name\":\"door-ann\",\"display\":\"door-ann\",\"role\":\"REVIEWER\","
                + "\"method\":\"session\",\"languages\":[\"en\",\"zh\"]}");
    assertThat(json(200, ann.get("/api/room")).get("seenBy").asText()).isEqualTo("door-ann");
  }

  @Test
  void letsTheMetricsBeReadOnThisMachineAlone() throws Exception {
    Browser prometheus = stranger().without("X-Forwarded-For");

    assertThat(prometheus.get("/metrics").statusCode()).isEqualTo(200);
    error(401, stranger().get("/metrics"));
  }

  @Test
  void refusesARoleThatIsTooSmallWithASentence() throws Exception {
    Browser ben = lobby.loggedIn("door-ben", Role.REVIEWER);

    assertThat(error(403, ben.post("/api/room")))
        .isEqualTo("door-ben is REVIEWER here: this takes OPERATOR, ask an ADMIN");
    assertThat(error(403, ben.get("/api/accounts"))).contains("ADMIN");
    assertThat(error(403, ben.get("/api/audit"))).contains("ADMIN");
    assertThat(error(403, ben.post("/api/accounts", "{}"))).contains("ADMIN");
    assertThat(error(403, ben.patch("/api/accounts/root", "{\"active\": false}")))
        .contains("ADMIN");
    assertThat(error(403, ben.post("/api/accounts/root/link"))).contains("ADMIN");
  }

  @Test
  void letsAnOperatorDoWhatOperatorsDo() throws Exception {
    Browser cleo = lobby.loggedIn("door-cleo", Role.OPERATOR);

    assertThat(json(200, cleo.post("/api/room")).get("by").asText()).isEqualTo("door-cleo");
  }

  @Test
  void letsAViewerChangeNothingButWhatIsTheirs() throws Exception {
    Browser dora = lobby.loggedIn("door-dora", Role.VIEWER);

    json(200, dora.get("/api/room"));
    assertThat(error(403, dora.post("/api/nothing"))).contains("this takes REVIEWER");
    json(201, dora.post("/api/tokens", "{\"label\": \"script\"}"));
    assertThat(dora.post("/api/logout").statusCode()).isEqualTo(204);
  }

  @Test
  void takesABrowsersWriteOnlyWithTheHeaderThatForeignPagesCannotSend() throws Exception {
    Browser eve = lobby.loggedIn("door-eve", Role.OPERATOR).without("X-LabelLoop");

    assertThat(error(403, eve.post("/api/room"))).contains("X-LabelLoop is missing");
    json(200, eve.get("/api/room"));
    json(200, eve.with("X-LabelLoop", "1").post("/api/room"));
  }

  @Test
  void takesNoWriteFromAForeignPage() throws Exception {
    Browser flo = lobby.loggedIn("door-flo", Role.OPERATOR);

    assertThat(error(403, flo.with("Origin", "https://evil.example").post("/api/room")))
        .contains("https://evil.example");
    error(403, flo.with("Origin", lobby.server.url() + "1").post("/api/room"));
    flo.with("Origin", lobby.server.url());
    error(403, flo.with("Sec-Fetch-Site", "same-site").post("/api/room"));
    json(200, flo.with("Sec-Fetch-Site", "same-origin").post("/api/room"));
  }

  @Test
  void takesAScriptsTokenWithoutTheHeader() throws Exception {
    lobby.person("door-gus", Role.OPERATOR);
    Browser script = lobby.script(lobby.token("door-gus")).without("X-LabelLoop");

    assertThat(json(200, script.get("/api/me")).get("method").asText()).isEqualTo("token");
    json(200, script.post("/api/room"));
  }

  @Test
  void refusesWhatIsNoToken() throws Exception {
    assertThat(error(401, lobby.script("llt_made-up").get("/api/me")))
        .isEqualTo("the token is unknown, revoked or too old: make another");
    error(401, lobby.script("").get("/api/me"));
    error(401, stranger().with("Authorization", "Basic cm9vdDpyb290").get("/api/me"));
    // A session's secret is no token, and a token is no session.
    Browser hans = lobby.loggedIn("door-hans", Role.REVIEWER);
    error(401, lobby.script(String.valueOf(hans.cookie())).get("/api/me"));
    error(401, stranger().withCookie(lobby.token("door-hans")).get("/api/me"));
  }

  @Test
  void refusesAWrongTokenEvenIfTheBrowserIsLoggedIn() throws Exception {
    Browser ina = lobby.loggedIn("door-ina", Role.REVIEWER);

    error(401, ina.with("Authorization", "Bearer llt_made-up").get("/api/me"));
  }

  @Test
  void protectsWhatItServes() throws Exception {
    HttpResponse<String> response = stranger().get("/api/me");

    assertThat(response.headers().map())
        .containsEntry("x-content-type-options", List.of("nosniff"))
        .containsEntry("x-frame-options", List.of("DENY"))
        .containsEntry("referrer-policy", List.of("no-referrer"))
        .containsEntry("cache-control", List.of("no-store"))
        .containsEntry("cross-origin-opener-policy", List.of("same-origin"))
        .containsEntry("cross-origin-resource-policy", List.of("same-origin"))
        .doesNotContainKey("access-control-allow-origin")
        .doesNotContainKey("strict-transport-security");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
  }

  @Test
  void slowsDownWhoeverWritesWithoutEnd() throws Exception {
    lobby.person("door-jo", Role.OPERATOR);
    AtomicLong now = new AtomicLong();
    try (WebServer still = lobby.another(Front.LOCAL, null, now::get)) {
      Browser jo =
          new Browser(still.url()).with("Authorization", "Bearer " + lobby.token("door-jo"));
      for (int i = 0; i < 1_000; i++) {
        json(200, jo.post("/api/room"));
      }

      HttpResponse<String> response = jo.post("/api/room");

      assertThat(error(429, response)).contains("slow down");
      assertThat(response.headers().firstValue("Retry-After")).contains("1");
      json(200, jo.get("/api/room"));
      now.addAndGet(10_000_000);
      json(200, jo.post("/api/room"));
      error(429, jo.post("/api/room"));
    }
  }

  @Test
  void saysAWholeNumberOfSecondsThatIsNotTooShort() {
    assertThat(Refusal.wholeSeconds(Duration.ofNanos(1))).isEqualTo(1);
    assertThat(Refusal.wholeSeconds(Duration.ofSeconds(3))).isEqualTo(3);
    assertThat(Refusal.wholeSeconds(Duration.ofSeconds(3, 1))).isEqualTo(4);
  }
}
