package dev.labelloop.worker.web.account;

import static dev.labelloop.worker.web.account.Lobby.error;
import static dev.labelloop.worker.web.account.Lobby.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Logging in at a provider of identities; each test has people of its own. */
@ExtendWith(Lobby.Shared.class)
class ProviderTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Lobby lobby;
  private final StubProvider provider = new StubProvider();
  private final WebServer server;

  ProviderTest(Lobby lobby) throws Exception {
    this.lobby = lobby;
    server =
        lobby.another(
            Front.LOCAL,
            settings(
                StubProvider.SECRET,
                "groups",
                Map.of("labellers", Role.REVIEWER, "leads", Role.OPERATOR),
                null));
  }

  private ProviderSettings settings(
      String secret, @Nullable String claim, Map<String, Role> roles, @Nullable Role usual) {
    return ProviderSettings.of(
        provider.issuer(),
        "--oidc-issuer",
        StubProvider.CLIENT,
        Secret.of(secret),
        claim,
        roles,
        usual);
  }

  @AfterEach
  void close() {
    server.close();
    provider.close();
  }

  /** What a browser gets that follows no redirect. */
  private static HttpResponse<String> get(String address, @Nullable String cookie)
      throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    if (cookie != null) {
      request.header("Cookie", cookie);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String cookie(HttpResponse<String> response, String name) {
    return response.headers().allValues("Set-Cookie").stream()
        .filter(set -> set.startsWith(name + "=") && !set.startsWith(name + "=;"))
        .findFirst()
        .map(set -> set.substring(0, set.indexOf(';')))
        .orElseThrow(() -> new AssertionError("no cookie " + name + " in " + response));
  }

  private static String location(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
    return response.headers().firstValue("Location").orElseThrow();
  }

  /** Begins, logs in there, comes back. */
  private HttpResponse<String> comeBack(WebServer to, Map<String, Object> claims) throws Exception {
    HttpResponse<String> begun = get(to.url() + "/oidc/login", null);
    String back = provider.logIn(location(begun), claims);
    return get(to.url() + "/oidc/callback" + back, cookie(begun, "labelloop-oidc"));
  }

  private Browser loggedIn(HttpResponse<String> back) {
    assertThat(location(back)).endsWith("/");
    String session = cookie(back, SessionCookie.NAME);
    return new Browser(server.url()).withCookie(session.substring(session.indexOf('=') + 1));
  }

  private static Map<String, Object> person(String subject, String name, String... groups) {
    return Map.of(
        "sub",
        subject,
        "preferred_username",
        name,
        "name",
        "Called " + name,
        "groups",
        List.of(groups));
  }

  @Test
  void tellsPagesWhereToLogIn() throws Exception {
    assertThat(json(200, new Browser(server.url()).get("/api/login")).get("provider").asText())
        .isEqualTo("/oidc/login");
    assertThat(
            json(200, new Browser(lobby.server.url()).get("/api/login")).get("provider").isNull())
        .isTrue();
    assertThat(new Browser(lobby.server.url()).get("/oidc/login").statusCode()).isEqualTo(404);
  }

  @Test
  void asksForACodeThatOnlyThisServerCanUse() throws Exception {
    HttpResponse<String> begun = get(server.url() + "/oidc/login", null);

    String there = location(begun);
    assertThat(there).startsWith(provider.issuer() + "/authorize?");
    assertThat(StubProvider.query(URI.create(there).getRawQuery()))
        .containsEntry("response_type", "code")
        .containsEntry("client_id", StubProvider.CLIENT)
        .containsEntry("redirect_uri", server.url() + "/oidc/callback")
        .containsEntry("code_challenge_method", "S256")
        .containsKeys("state", "nonce", "code_challenge")
        .hasEntrySatisfying("scope", scope -> assertThat(scope.split(" ")).contains("openid"));
    assertThat(begun.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly", "SameSite=Lax", "Path=/oidc", "Max-Age=600");
  }

  @Test
  void letsInWhomTheProviderVouchesFor() throws Exception {
    Browser ann = loggedIn(comeBack(server, person("sub-ann", "Prov-Ann", "labellers")));

    assertThat(json(200, ann.get("/api/me")).toString())
        .contains("\"name\":\"prov-ann\"", "\"display\":\"Called Prov-Ann\"", "REVIEWER");
    assertThat(lobby.notes("prov-ann"))
        .hasSize(2)
        .anyMatch(note -> note.startsWith("(provider) account.add") && note.contains("sub-ann"))
        .anyMatch(note -> note.equals("prov-ann session.begin {\"by\": \"PROVIDER\"}"));
    assertThat(error(403, ann.post("/api/password", "{\"new\": \"battery staple\"}")))
        .contains("change your password there");
  }

  @Test
  void knowsAPersonAgainWhateverTheyAreCalledNow() throws Exception {
    loggedIn(comeBack(server, person("sub-bea", "prov-bea", "labellers")));

    Browser bea = loggedIn(comeBack(server, person("sub-bea", "prov-beatrice", "labellers")));

    assertThat(json(200, bea.get("/api/me")).get("name").asText()).isEqualTo("prov-bea");
  }

  @Test
  void givesNobodyTheAccountOfSomebodyElseOfTheSameName() throws Exception {
    lobby.person("prov-cid", Role.ADMIN);

    Browser other = loggedIn(comeBack(server, person("sub-cid", "prov-cid", "labellers")));
    Browser third = loggedIn(comeBack(server, person("sub-cid-3", "prov-cid", "labellers")));

    assertThat(json(200, other.get("/api/me")).toString()).contains("prov-cid-2", "REVIEWER");
    assertThat(json(200, third.get("/api/me")).get("name").asText()).isEqualTo("prov-cid-3");
  }

  @Test
  void followsTheLargestRoleOfThePersonsGroups() throws Exception {
    Browser dan = loggedIn(comeBack(server, person("sub-dan", "prov-dan", "labellers")));
    error(403, dan.post("/api/room"));

    loggedIn(comeBack(server, person("sub-dan", "prov-dan", "x", "leads", "labellers")));
    json(200, dan.post("/api/room"));
    assertThat(lobby.notes("prov-dan"))
        .contains("(provider) account.change {\"role\": \"OPERATOR\"}");

    assertThat(error(403, comeBack(server, person("sub-dan", "prov-dan", "x"))))
        .contains("gives you no role here");
  }

  @Test
  void letsNobodyInWhoHasNoRole() throws Exception {
    assertThat(error(403, comeBack(server, person("sub-eva", "prov-eva", "x"))))
        .contains("gives you no role here");
    assertThat(error(403, comeBack(server, Map.of("sub", "sub-eva")))).contains("no role here");
    assertThat(lobby.accounts.find("prov-eva")).isEmpty();
  }

  @Test
  void givesTheUsualRoleAndLeavesItToAdminsFromThenOn() throws Exception {
    try (WebServer usual =
        lobby.another(Front.LOCAL, settings(StubProvider.SECRET, null, Map.of(), Role.REVIEWER))) {
      Map<String, Object> fay = Map.of("sub", "sub-fay", "email", "Prov.Fay+x@example.org");
      loggedIn(comeBack(usual, fay));
      lobby.accounts.change(
          "root",
          "prov.fay-x@example.org",
          new AccountRepository.Change(null, Role.OPERATOR, null, null));

      json(200, loggedIn(comeBack(usual, fay)).post("/api/room"));
    }
  }

  @Test
  void letsNobodyInWhoseAccountHasEnded() throws Exception {
    loggedIn(comeBack(server, person("sub-gil", "prov-gil", "labellers")));
    lobby.accounts.change("root", "prov-gil", AccountRepository.Change.active(false));

    assertThat(error(403, comeBack(server, person("sub-gil", "prov-gil", "leads"))))
        .contains("prov-gil is not active here");
  }

  @Test
  void letsNobodyInByALoginThatAnotherBrowserBegan() throws Exception {
    HttpResponse<String> begun = get(server.url() + "/oidc/login", null);
    String back = provider.logIn(location(begun), person("sub-hal", "prov-hal", "labellers"));
    HttpResponse<String> victims = get(server.url() + "/oidc/login", null);

    error(403, get(server.url() + "/oidc/callback" + back, null));
    error(403, get(server.url() + "/oidc/callback" + back, cookie(victims, "labelloop-oidc")));
    assertThat(lobby.accounts.find("prov-hal")).isEmpty();
  }

  @Test
  void letsNobodyInByALoginThatWasUsedOrNeverBegun() throws Exception {
    HttpResponse<String> begun = get(server.url() + "/oidc/login", null);
    String back = provider.logIn(location(begun), person("sub-ida", "prov-ida", "labellers"));
    String cookie = cookie(begun, "labelloop-oidc");
    loggedIn(get(server.url() + "/oidc/callback" + back, cookie));

    assertThat(error(403, get(server.url() + "/oidc/callback" + back, cookie)))
        .contains("not begun here, or too long ago");
    error(403, get(server.url() + "/oidc/callback?code=x&state=made", "labelloop-oidc=made"));
    error(403, get(server.url() + "/oidc/callback", null));
  }

  @Test
  void believesNoTokenThatIsNotForThisLogin() throws Exception {
    Map<String, Object> jan = person("sub-jan", "prov-jan", "labellers");

    provider.mischief = token -> token.claim("nonce", "another");
    assertThat(error(502, comeBack(server, jan))).contains("could not be asked who you are");
    provider.mischief = token -> token.audience("another client");
    error(502, comeBack(server, jan));
    provider.mischief = token -> token.issuer("https://evil.example");
    error(502, comeBack(server, jan));
    provider.mischief = token -> token.expirationTime(Date.from(Instant.now().minusSeconds(600)));
    error(502, comeBack(server, jan));
    provider.mischief = token -> token;
    provider.forges = true;
    error(502, comeBack(server, jan));
    assertThat(lobby.accounts.find("prov-jan")).isEmpty();

    provider.forges = false;
    loggedIn(comeBack(server, jan));
  }

  @Test
  void getsNoTokenWithAWrongSecret() throws Exception {
    try (WebServer wrong =
        lobby.another(Front.LOCAL, settings("wrong", null, Map.of(), Role.REVIEWER))) {
      error(502, comeBack(wrong, person("sub-kim", "prov-kim")));
    }
  }

  @Test
  void saysWhenThePersonDidNotLogInThere() throws Exception {
    HttpResponse<String> begun = get(server.url() + "/oidc/login", null);
    String cookie = cookie(begun, "labelloop-oidc");
    String state = cookie.substring(cookie.indexOf('=') + 1);

    assertThat(
            error(
                403,
                get(
                    server.url()
                        + "/oidc/callback?error=access_denied&error_description=evil&state="
                        + state,
                    cookie)))
        .isEqualTo("the provider did not log you in: try again at /login");
  }

  @Test
  void startsWhileTheProviderIsDown() throws Exception {
    provider.close();

    assertThat(error(502, get(server.url() + "/oidc/login", null))).contains("could not be asked");
    assertThat(new Browser(server.url()).get("/metrics").statusCode()).isEqualTo(401);
  }

  @Test
  void forgetsALoginThatTakesTooLong() {
    long[] now = {0};
    Attempts attempts = new Attempts(() -> now[0]);
    Provider.Attempt soon = Provider.Attempt.fresh();
    Provider.Attempt late = Provider.Attempt.fresh();
    attempts.add(soon);
    attempts.add(late);

    now[0] = Attempts.LONGEST.toNanos();
    assertThat(attempts.take(soon.state().text())).contains(soon);
    assertThat(attempts.take(soon.state().text())).isEmpty();
    now[0]++;
    assertThat(attempts.take(late.state().text())).isEmpty();
  }

  @Test
  void tellsNoSecretWhenItsSettingsAreShown() {
    assertThat(settings("hunter22", null, Map.of(), Role.REVIEWER).toString())
        .doesNotContain("hunter22");
  }
}
