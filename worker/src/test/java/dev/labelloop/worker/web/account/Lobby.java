package dev.labelloop.worker.web.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.AccountStores;
import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.Passwords;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.activities.account.TokenRepository;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.worker.metrics.Metrics;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.MetricsPart;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.WebServer;
import dev.labelloop.worker.web.page.PagePart;
import io.javalin.config.RoutesConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** A server with accounts, and something behind its door. */
final class Lobby implements AutoCloseable {
  /** Where people come from other machines, as far as the server knows. */
  static final String PUBLIC = "https://labels.example.org";

  static final String PASSWORD = "correct horse";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
  private final Metrics metrics = new Metrics();
  private final Passwords passwords = new Passwords(4);

  final Database database = new Database(postgres.getJdbcUrl("postgres", "postgres"));
  final AccountStores stores = AccountStores.on(database);
  final AccountRepository accounts = stores.accounts();
  final SessionRepository sessions = stores.sessions();
  final TokenRepository tokens = stores.tokens();
  final AuditRepository audit = stores.audit();
  final WebServer server = another(Front.behind(PUBLIC, "--public-url"));

  Lobby() throws IOException {
    accounts.add("root", new AccountRepository.New("root", "Root", Role.ADMIN, null));
  }

  /** One more server over the same database. */
  WebServer another(Front front) {
    return another(front, null);
  }

  /** As the other, with a provider of identities. */
  WebServer another(Front front, @Nullable ProviderSettings provider) {
    return another(front, provider, System::nanoTime);
  }

  /** As the other, with a clock of its own for what may be done so often. */
  WebServer another(Front front, @Nullable ProviderSettings provider, LongSupplier clock) {
    return WebServer.start(
        0,
        "--port",
        front,
        List.of(
            new AccountPart(stores, passwords, front, provider, clock),
            new Room(),
            new MetricsPart(metrics),
            new PagePart()));
  }

  /** What other rooms do: anybody who is let in may look, operators may change. */
  private static final class Room implements Part {
    @Override
    public void addTo(RoutesConfig routes) {
      routes.get("/api/room", c -> Json.answer(c, Map.of("seenBy", Caller.of(c).name())));
      routes.post(
          "/api/room", c -> Json.answer(c, Map.of("by", Caller.of(c, Role.OPERATOR).name())));
      routes.get("/api/forgotten", c -> Json.answer(c, Map.of())); // asks for nobody
    }
  }

  /** Adds a person with {@link #PASSWORD}; nobody has come from that browser yet. */
  Browser person(String name, Role role) {
    boolean added =
        accounts.add("root", new AccountRepository.New(name, name, role, passwords.hash(PASSWORD)));
    assertThat(added).as(name + " is new").isTrue();
    return new Browser(server.url());
  }

  /** As {@link #person}, and logs in. */
  Browser loggedIn(String name, Role role) throws Exception {
    Browser browser = person(name, role);
    assertThat(browser.login(name, PASSWORD).statusCode()).isEqualTo(200);
    return browser;
  }

  /** A client with this token. */
  Browser script(String token) {
    return new Browser(server.url()).with("Authorization", "Bearer " + token);
  }

  /** A new token of an account. */
  String token(String name) {
    return tokens.make(name, name, "test", null).orElseThrow().secret().text();
  }

  /** The notes on a subject, the newest first, as {@code actor action detail}. */
  List<String> notes(String subject) {
    return audit.before(Long.MAX_VALUE, 1000).stream()
        .filter(entry -> entry.subject().equals(subject))
        .map(entry -> entry.actor() + " " + entry.action() + " " + entry.detail())
        .toList();
  }

  /** Makes it seem that all that is in a column was longer ago. */
  void age(String table, String column, String account, String interval) {
    database.useTransaction(
        handle ->
            handle.execute(
                "update "
                    + table
                    + " set "
                    + column
                    + " = "
                    + column
                    + " - interval '"
                    + interval
                    + "' where account = '"
                    + account
                    + "'"));
  }

  static JsonNode json(int status, HttpResponse<String> response) throws IOException {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return JSON.readTree(response.body());
  }

  /** What a refusal of this status says in its one sentence. */
  static String error(int status, HttpResponse<String> response) throws IOException {
    return json(status, response).get("error").asText();
  }

  @Override
  public void close() throws IOException {
    server.close();
    database.close();
    metrics.close();
    postgres.close();
  }

  /** Gives all tests of a process one lobby; each names its people for itself. */
  static final class Shared extends TypeBasedParameterResolver<Lobby> {
    @Override
    public Lobby resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Lobby.class))
          .getOrComputeIfAbsent(Lobby.class);
    }
  }
}
