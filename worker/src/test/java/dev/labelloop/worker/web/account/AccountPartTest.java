package dev.labelloop.worker.web.account;

import static dev.labelloop.worker.web.account.Lobby.PASSWORD;
import static dev.labelloop.worker.web.account.Lobby.error;
import static dev.labelloop.worker.web.account.Lobby.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.Role;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Accounts, tokens and notes as pages and scripts see them. */
@ExtendWith(Lobby.Shared.class)
class AccountPartTest {
  private final Lobby lobby;
  private final Browser root;

  AccountPartTest(Lobby lobby) {
    this.lobby = lobby;
    root = lobby.script(lobby.token("root"));
  }

  @Test
  void addsAPersonWhoCanLogIn() throws Exception {
    JsonNode added =
        json(
            201,
            root.post(
                "/api/accounts",
                """
                {"name": "acc-ann", "role": "REVIEWER", "display": "Ann Á.",
                 "password": "correct horse"}
                """));

    assertThat(added.get("display").asText()).isEqualTo("Ann Á.");
    assertThat(added.get("password").asBoolean()).isTrue();
    assertThat(added.get("active").asBoolean()).isTrue();
    assertThat(Instant.parse(added.get("made").asText())).isBefore(Instant.now());
    JsonNode me = json(200, new Browser(lobby.server.url()).login("acc-ann", "correct horse"));
    assertThat(me.get("role").asText()).isEqualTo("REVIEWER");
    assertThat(lobby.notes("acc-ann").get(1))
        .startsWith("root account.add")
        .contains("REVIEWER")
        .doesNotContain("horse");
    assertThat(json(200, root.get("/api/accounts")).get("accounts").findValuesAsText("name"))
        .contains("root", "acc-ann");
  }

  @Test
  void givesNoNameTwiceAndNoneThatIsNoName() throws Exception {
    lobby.person("acc-bob", Role.REVIEWER);

    assertThat(error(409, add("acc-bob"))).contains("'acc-bob'", "taken");
    for (String name : List.of("", "Ann", "-ann", "ann ann", "a".repeat(65), "ánn", "simulated")) {
      assertThat(error(400, add(name))).as(name).startsWith("name = ");
    }
    assertThat(error(400, root.post("/api/accounts", "{\"name\": \"acc-x\"}")))
        .isEqualTo("role is missing: use VIEWER, REVIEWER, OPERATOR or ADMIN");
    assertThat(error(400, root.post("/api/accounts", "{\"name\": \"acc-x\", \"role\": \"admin\"}")))
        .isEqualTo("role: use VIEWER, REVIEWER, OPERATOR or ADMIN");
    assertThat(lobby.accounts.find("acc-x")).isEmpty();
  }

  private HttpResponse<String> add(String name) throws Exception {
    return root.post("/api/accounts", "{\"name\": \"%s\", \"role\": \"REVIEWER\"}".formatted(name));
  }

  @Test
  void changesWhatIsNamed() throws Exception {
    lobby.person("acc-cis", Role.REVIEWER);

    JsonNode changed =
        json(
            200,
            root.patch("/api/accounts/acc-cis", "{\"display\": \"Cis\", \"role\": \"OPERATOR\"}"));

    assertThat(changed.get("display").asText()).isEqualTo("Cis");
    assertThat(changed.get("role").asText()).isEqualTo("OPERATOR");
    assertThat(lobby.notes("acc-cis").get(0))
        .isEqualTo("root account.change {\"role\": \"OPERATOR\", \"display\": \"Cis\"}");
    error(400, root.patch("/api/accounts/acc-cis", "{\"display\": \" \"}"));
    error(400, root.patch("/api/accounts/acc-cis", "{\"active\": \"no\"}"));
    error(400, root.patch("/api/accounts/acc-cis", "{\"name\": \"other\"}"));
    error(404, root.patch("/api/accounts/acc-none", "{\"active\": false}"));
    assertThat(lobby.notes("acc-cis")).hasSize(2);
  }

  @Test
  void keepsTheLastAdmin() throws Exception {
    try (Lobby small = new Lobby()) {
      Browser only = small.script(small.token("root"));

      assertThat(error(409, only.patch("/api/accounts/root", "{\"active\": false}")))
          .contains("root is the last ADMIN");
      error(409, only.patch("/api/accounts/root", "{\"role\": \"OPERATOR\"}"));
      json(200, only.get("/api/accounts"));

      small.person("acc-second", Role.ADMIN);
      json(200, only.patch("/api/accounts/root", "{\"role\": \"OPERATOR\"}"));
      error(403, only.get("/api/accounts"));
    }
  }

  @Test
  void makesNoLinkForNobody() throws Exception {
    lobby.person("acc-dan", Role.REVIEWER);
    json(200, root.patch("/api/accounts/acc-dan", "{\"active\": false}"));

    assertThat(error(409, root.post("/api/accounts/acc-dan/link"))).contains("not active");
    assertThat(error(404, root.post("/api/accounts/acc-none/link"))).contains("'acc-none'");
  }

  @Test
  void makesListsAndRevokesTokensOfOnesOwn() throws Exception {
    Browser eva = lobby.loggedIn("acc-eva", Role.REVIEWER);
    Browser fay = lobby.loggedIn("acc-fay", Role.REVIEWER);

    JsonNode made =
        json(
            201,
            eva.post(
                "/api/tokens", "{\"label\": \"nightly\", \"expires\": \"2100-01-01T00:00:00Z\"}"));
    String token = made.get("token").asText();
    json(200, lobby.script(token).get("/api/me"));

    JsonNode listed = json(200, eva.get("/api/tokens")).get("tokens");
    assertThat(listed).hasSize(1);
    assertThat(listed.get(0).get("label").asText()).isEqualTo("nightly");
    assertThat(listed.get(0).get("expires").asText()).isEqualTo("2100-01-01T00:00:00Z");
    assertThat(listed.get(0).get("used").isNull()).isFalse();
    assertThat(listed.toString()).doesNotContain(token);
    assertThat(json(200, fay.get("/api/tokens")).get("tokens")).isEmpty();

    String id = made.get("id").asText();
    error(404, fay.delete("/api/tokens/" + id));
    error(404, eva.delete("/api/tokens/x"));
    assertThat(eva.delete("/api/tokens/" + id).statusCode()).isEqualTo(204);
    error(401, lobby.script(token).get("/api/me"));
    assertThat(lobby.notes("acc-eva").subList(0, 2))
        .containsExactly(
            "acc-eva token.revoke {\"label\": \"nightly\", \"token\": " + id + "}",
            "acc-eva token.make {\"label\": \"nightly\", \"token\": "
                + id
                + ", \"expires\": \"2100-01-01T00:00:00Z\"}");
  }

  @Test
  void refusesATokenThatIsTooOld() throws Exception {
    Browser gil = lobby.loggedIn("acc-gil", Role.REVIEWER);
    String token =
        json(
                201,
                gil.post(
                    "/api/tokens",
                    "{\"label\": \"soon over\", \"expires\": \"2100-01-01T00:00:00Z\"}"))
            .get("token")
            .asText();

    lobby.age("account_token", "expires_at", "acc-gil", "200 years");

    assertThat(error(401, lobby.script(token).get("/api/me"))).contains("too old");
  }

  @Test
  void makesNoTokenThatMakesNoSense() throws Exception {
    Browser hal = lobby.loggedIn("acc-hal", Role.REVIEWER);

    error(400, hal.post("/api/tokens", "{\"label\": \"\"}"));
    error(400, hal.post("/api/tokens", "{\"label\": \"a\\nb\"}"));
    assertThat(
            error(
                400,
                hal.post(
                    "/api/tokens", "{\"label\": \"x\", \"expires\": \"2001-01-01T00:00:00Z\"}")))
        .startsWith("expires: send a time to come");
    assertThat(json(200, hal.get("/api/tokens")).get("tokens")).isEmpty();
  }

  @Test
  void tellsWhatWasChangedNewestFirst() throws Exception {
    lobby.person("acc-ida", Role.REVIEWER);
    json(200, root.patch("/api/accounts/acc-ida", "{\"display\": \"Ida\"}"));

    JsonNode page = json(200, root.get("/api/audit?limit=2")).get("entries");
    assertThat(page).hasSize(2);
    assertThat(page.get(0).get("subject").asText()).isEqualTo("acc-ida");
    assertThat(page.get(0).get("actor").asText()).isEqualTo("root");
    assertThat(page.get(0).get("action").asText()).isEqualTo("account.change");
    assertThat(page.get(0).get("detail").get("display").asText()).isEqualTo("Ida");
    assertThat(Instant.parse(page.get(0).get("at").asText())).isBefore(Instant.now());
    long last = page.get(1).get("id").asLong();
    assertThat(
            json(200, root.get("/api/audit?before=" + last + "&limit=1"))
                .get("entries")
                .get(0)
                .get("id")
                .asLong())
        .isLessThan(last);
    assertThat(error(400, root.get("/api/audit?limit=0")))
        .isEqualTo("limit = 0: give a whole number, 1 to 1000");
    error(400, root.get("/api/audit?before=x"));
  }

  @Test
  void notesEachChangeWithWhoMadeIt() throws Exception {
    Browser kim = lobby.loggedIn("acc-kim", Role.ADMIN);
    json(200, kim.post("/api/accounts/acc-kim/link"));
    json(
        200,
        kim.post(
            "/api/password",
            "{\"current\": \"%s\", \"new\": \"battery staple\"}".formatted(PASSWORD)));
    kim.post("/api/logout");

    assertThat(lobby.notes("acc-kim"))
        .containsExactly(
            "acc-kim session.end {}",
            "acc-kim session.begin {\"by\": \"PASSWORD\"}",
            "acc-kim account.change {\"password\": \"changed\"}",
            "acc-kim link.make {}",
            "acc-kim session.begin {\"by\": \"PASSWORD\"}",
            "root account.add {\"role\": \"ADMIN\", \"display\": \"acc-kim\"}");
  }
}
