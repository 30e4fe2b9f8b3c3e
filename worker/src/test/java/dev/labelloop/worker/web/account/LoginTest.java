package dev.labelloop.worker.web.account;

import static dev.labelloop.worker.web.account.Lobby.PASSWORD;
import static dev.labelloop.worker.web.account.Lobby.error;
import static dev.labelloop.worker.web.account.Lobby.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.Role;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Logging in, staying and leaving; each test has people of its own, and an address. */
@ExtendWith(Lobby.Shared.class)
class LoginTest {
  private static final String WRONG =
      "name or password is wrong: try again, or ask an ADMIN for a link";

  private final Lobby lobby;

  LoginTest(Lobby lobby) {
    this.lobby = lobby;
  }

  private Browser stranger() {
    return new Browser(lobby.server.url());
  }

  private static String set(HttpResponse<String> response) {
    return response.headers().firstValue("Set-Cookie").orElseThrow();
  }

  @Test
  void letsInByNameAndPassword() throws Exception {
    Browser ann = lobby.person("login-ann", Role.REVIEWER);

    HttpResponse<String> response = ann.login("login-ann", PASSWORD);

    assertThat(json(200, response).get("name").asText()).isEqualTo("login-ann");
    assertThat(set(response))
        .contains("labelloop-session=", "HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=1209600")
        .doesNotContain("Secure", "Domain");
    assertThat(json(200, ann.get("/api/me")).get("method").asText()).isEqualTo("session");
  }

  @Test
  void saysTheSameWhateverIsWrong() throws Exception {
    Browser browser = lobby.person("login-bob", Role.REVIEWER);
    lobby.person("login-ended", Role.REVIEWER);
    lobby.accounts.change("root", "login-ended", AccountRepository.Change.active(false));

    assertThat(error(401, browser.login("login-bob", "wrong horse"))).isEqualTo(WRONG);
    assertThat(error(401, browser.login("login-nobody", PASSWORD))).isEqualTo(WRONG);
    assertThat(error(401, browser.login("login-ended", PASSWORD))).isEqualTo(WRONG);
    assertThat(error(401, browser.login("root", PASSWORD))).as("has none").isEqualTo(WRONG);
    assertThat(error(401, browser.login("login-bob", "x".repeat(5000)))).isEqualTo(WRONG);
    assertThat(error(401, browser.login("LOGIN-BOB", PASSWORD))).isEqualTo(WRONG);
    assertThat(browser.cookie()).isNull();
  }

  @Test
  void locksANameOutThatIsGuessedAt() throws Exception {
    Browser browser = lobby.person("login-cid", Role.REVIEWER);
    for (int i = 0; i < 5; i++) {
      error(401, browser.login("login-cid", "guess number " + i));
    }

    HttpResponse<String> right = browser.login("login-cid", PASSWORD);

    assertThat(error(429, right)).contains("too many tries: wait ");
    assertThat(Integer.parseInt(right.headers().firstValue("Retry-After").orElseThrow()))
        .isBetween(1, 30);
    lobby.loggedIn("login-cis", Role.REVIEWER); // others are not locked out
  }

  @Test
  void locksANameOutThatThereIsNotAllTheSame() throws Exception {
    for (int i = 0; i < 5; i++) {
      error(401, stranger().login("login-never", "guess number " + i));
    }

    error(429, stranger().login("login-never", "guess number 5"));
  }

  @Test
  void countsNoTryThatSucceeds() throws Exception {
    Browser dan = lobby.person("login-dan", Role.REVIEWER);

    for (int i = 0; i < 20; i++) {
      json(200, dan.login("login-dan", PASSWORD));
    }
  }

  @Test
  void slowsAnAddressDownThatTriesManyNames() throws Exception {
    Browser guesser = stranger().with("X-Forwarded-For", "1.2.3.4, 192.0.2.7");
    for (int i = 0; i < 30; i++) {
      error(401, guesser.login("login-guess-" + i, PASSWORD));
    }

    error(429, guesser.login("login-guess-30", PASSWORD));
    // What the sender itself says of where it comes from changes nothing.
    guesser.with("X-Forwarded-For", "5.6.7.8, 192.0.2.7");
    error(429, guesser.login("login-guess-31", PASSWORD));
    guesser.with("X-Forwarded-For", "192.0.2.8");
    error(401, guesser.login("login-guess-32", PASSWORD));
  }

  @Test
  void beginsEachSessionUnderASecretThatNobodyKnewBefore() throws Exception {
    Browser eve = lobby.person("login-eve", Role.REVIEWER).withCookie("planted-by-somebody-else");

    json(200, eve.login("login-eve", PASSWORD));

    String first = eve.cookie();
    assertThat(first).isNotEqualTo("planted-by-somebody-else").hasSizeGreaterThan(42);
    error(401, stranger().withCookie("planted-by-somebody-else").get("/api/me"));

    json(200, eve.login("login-eve", PASSWORD));
    assertThat(eve.cookie()).isNotEqualTo(first);
    error(401, stranger().withCookie(first).get("/api/me"));
  }

  @Test
  void endsASessionOnTheServerWhenSomebodyLeaves() throws Exception {
    Browser flo = lobby.loggedIn("login-flo", Role.REVIEWER);
    String secret = flo.cookie();

    HttpResponse<String> left = flo.post("/api/logout");

    assertThat(left.statusCode()).isEqualTo(204);
    assertThat(set(left)).contains("labelloop-session=;", "Expires=Thu, 01 Jan 1970");
    error(401, stranger().withCookie(secret).get("/api/me"));
  }

  @Test
  void endsASessionThatWasIdle() throws Exception {
    Browser gus = lobby.loggedIn("login-gus", Role.REVIEWER);

    lobby.age("account_session", "seen_at", "login-gus", "12 hours 1 minute");

    error(401, gus.get("/api/me"));
  }

  @Test
  void endsASessionWithTheAccount() throws Exception {
    Browser hal = lobby.loggedIn("login-hal", Role.REVIEWER);
    Browser script = lobby.script(lobby.token("login-hal"));
    Browser root = lobby.script(lobby.token("root"));

    json(200, root.patch("/api/accounts/login-hal", "{\"active\": false}"));

    error(401, hal.get("/api/me"));
    error(401, script.get("/api/me"));
    error(401, hal.login("login-hal", PASSWORD));
  }

  @Test
  void followsARoleThatChangesAtOnce() throws Exception {
    Browser ivy = lobby.loggedIn("login-ivy", Role.REVIEWER);
    Browser root = lobby.script(lobby.token("root"));

    json(200, root.patch("/api/accounts/login-ivy", "{\"role\": \"OPERATOR\"}"));

    json(200, ivy.post("/api/room"));
  }

  @Test
  void letsInByALinkOnce() throws Exception {
    Browser root = lobby.script(lobby.token("root"));
    lobby.person("login-jan", Role.REVIEWER);
    String link = link(root, "login-jan");
    assertThat(link).startsWith(Lobby.PUBLIC + "/login#link=");
    String body = "{\"link\": \"" + link.substring(link.indexOf('=') + 1) + "\"}";

    Browser jan = stranger();
    assertThat(json(200, jan.post("/api/link", body)).get("name").asText()).isEqualTo("login-jan");
    json(200, jan.get("/api/me"));

    assertThat(error(401, stranger().post("/api/link", body))).contains("this link was used");
  }

  private static String link(Browser root, String name) throws Exception {
    return json(200, root.post("/api/accounts/" + name + "/link")).get("link").asText();
  }

  @Test
  void letsNobodyInByALinkThatIsTooOldOrMadeUp() throws Exception {
    lobby.person("login-kim", Role.REVIEWER);
    String old = lobby.sessions.makeLink("root", "login-kim").orElseThrow().text();
    lobby.age("account_link", "made_at", "login-kim", "24 hours 1 second");

    error(401, stranger().post("/api/link", "{\"link\": \"" + old + "\"}"));
    error(401, stranger().post("/api/link", "{\"link\": \"made-up\"}"));
  }

  @Test
  void setsANewPasswordForWhoeverKnowsTheOldOne() throws Exception {
    Browser leo = lobby.loggedIn("login-leo", Role.REVIEWER);
    Browser elsewhere = stranger();
    json(200, elsewhere.login("login-leo", PASSWORD));
    String before = leo.cookie();

    error(401, leo.post("/api/password", password("wrong horse", "battery staple")));
    assertThat(error(400, leo.post("/api/password", password(PASSWORD, "short"))))
        .isEqualTo("password has 5 bytes: give 10 to 72");
    assertThat(error(400, leo.post("/api/password", "{\"new\": \"battery staple\"}")))
        .contains("current is missing");
    json(200, leo.get("/api/me")); // nothing has happened yet
    json(200, leo.post("/api/password", password(PASSWORD, "battery staple")));

    json(200, leo.get("/api/me"));
    assertThat(leo.cookie()).isNotEqualTo(before);
    error(401, stranger().withCookie(before).get("/api/me"));
    error(401, elsewhere.get("/api/me"));
    error(401, stranger().login("login-leo", PASSWORD));
    json(200, stranger().login("login-leo", "battery staple"));
  }

  private static String password(String current, String fresh) {
    return "{\"current\": \"%s\", \"new\": \"%s\"}".formatted(current, fresh);
  }

  @Test
  void setsANewPasswordForWhoeverHasJustComeByALink() throws Exception {
    lobby.person("login-mia", Role.REVIEWER);
    Browser mia = stranger();
    String link = lobby.sessions.makeLink("root", "login-mia").orElseThrow().text();
    json(200, mia.post("/api/link", "{\"link\": \"" + link + "\"}"));

    lobby.age("account_session", "begun_at", "login-mia", "16 minutes");
    assertThat(error(400, mia.post("/api/password", "{\"new\": \"battery staple\"}")))
        .contains("current is missing");
    lobby.age("account_session", "begun_at", "login-mia", "-16 minutes");
    json(200, mia.post("/api/password", "{\"new\": \"battery staple\"}"));

    json(200, stranger().login("login-mia", "battery staple"));
  }

  @Test
  void setsNoPasswordForAToken() throws Exception {
    lobby.person("login-ned", Role.REVIEWER);
    Browser script = lobby.script(lobby.token("login-ned"));

    assertThat(error(403, script.post("/api/password", password(PASSWORD, "battery staple"))))
        .contains("a token cannot do this");
    assertThat(error(403, script.post("/api/tokens", "{\"label\": \"more\"}")))
        .contains("a token cannot do this");
  }

  @Test
  void refusesABodyThatIsTooLargeForWhatItIs() throws Exception {
    assertThat(error(413, stranger().login("login-ola", "x".repeat(20_000))))
        .contains("above 10000 bytes");
  }

  @Test
  void refusesABodyThatIsNotWhatItShouldBeWithoutRepeatingIt() throws Exception {
    for (String body :
        List.of(
            "",
            "hunter22hunter22",
            "[\"hunter22hunter22\"]",
            "{\"name\": \"root\", \"password\": [\"hunter22hunter22\"]}",
            "{\"name\": \"root\", \"password\": null, \"password\": \"hunter22hunter22\"}",
            "{\"name\": \"root\"}",
            "{\"name\": \"root\", \"password\": \"hunter22hunter22\", \"user\": 1}")) {
      assertThat(error(400, stranger().post("/api/login", body)))
          .as(body)
          .isNotBlank()
          .doesNotContain("hunter22");
    }
    assertThat(error(400, stranger().post("/api/login", "{\"user\": 1}")))
        .isEqualTo("field 'user' is unknown: the fields here are name, password");
  }

  @Test
  void tellsNoLogAndNoNoteASecret() throws Exception {
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.labelloop");
    Level before = logger.getLevel();
    logger.setLevel(Level.TRACE);
    logger.addAppender(heard);
    try {
      Browser pia = lobby.loggedIn("login-pia", Role.ADMIN);
      error(401, stranger().login("login-pia", "secret-guess"));
      error(401, stranger().login("secret-name", PASSWORD));
      String link = link(pia, "login-pia");
      String secret = link.substring(link.indexOf('=') + 1);
      json(200, stranger().post("/api/link", "{\"link\": \"" + secret + "\"}"));
      String token = json(201, pia.post("/api/tokens", "{\"label\": \"x\"}")).get("token").asText();
      json(200, lobby.script(token).get("/api/me"));
      String cookie = pia.cookie();
      json(200, pia.post("/api/password", password(PASSWORD, "battery staple")));

      List<String> secrets =
          Stream.of(
                  PASSWORD,
                  "battery staple",
                  "secret-guess",
                  "secret-name",
                  secret,
                  token,
                  cookie,
                  pia.cookie())
              .toList();
      assertThat(heard.list).extracting(ILoggingEvent::getFormattedMessage).isNotEmpty();
      for (String one : secrets) {
        assertThat(heard.list).noneMatch(event -> event.getFormattedMessage().contains(one));
        assertThat(lobby.notes("login-pia")).noneMatch(note -> note.contains(one));
      }
    } finally {
      logger.detachAppender(heard);
      logger.setLevel(before);
    }
  }
}
