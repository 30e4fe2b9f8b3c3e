package dev.labelloop.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.Passwords;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.activities.account.TokenRepository;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.worker.WebAddress;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The account commands over a PostgreSQL that is given. */
class AccountCommandTest {
  private static EmbeddedPostgres postgres;
  private static String url;
  private static Database database;

  @TempDir Path home;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.builder().start();
    url = postgres.getJdbcUrl("postgres", "postgres");
    database = new Database(url);
  }

  @AfterAll
  static void stop() throws IOException {
    database.close();
    postgres.close();
  }

  private Ran account(String... args) {
    return Ran.run(
        Stream.concat(
                Stream.of("account"),
                Stream.concat(
                    Arrays.stream(args), Stream.of("--database", url, "--home", home.toString())))
            .toArray(String[]::new));
  }

  private static Ran typed(String line, Supplier<Ran> command) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)));
    try {
      return command.get();
    } finally {
      System.setIn(before);
    }
  }

  private static void fails(Ran ran, String sentence) {
    assertThat(ran.code()).as(ran.err()).isEqualTo(2);
    assertThat(ran.err()).startsWith("labelloop: ").contains(sentence);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void addsAPersonWithAPasswordFromStandardInput() {
    Ran ran =
        typed(
            "correct horse\n",
            () ->
                account(
                    "add",
                    "ann",
                    "--role",
                    "reviewer",
                    "--display",
                    "Ann A.",
                    "--password-from",
                    "stdin",
                    "--json"));

    JsonNode added = ran.json();
    assertThat(added.get("name").asText()).isEqualTo("ann");
    assertThat(added.get("display").asText()).isEqualTo("Ann A.");
    assertThat(added.get("role").asText()).isEqualTo("REVIEWER");
    assertThat(added.get("password").asBoolean()).isTrue();
    AccountRepository accounts = new AccountRepository(database);
    assertThat(new Passwords(4).matches("correct horse", accounts.password("ann"))).isTrue();
    AuditRepository.Entry note = new AuditRepository(database).before(Long.MAX_VALUE, 1).get(0);
    assertThat(note.actor()).isEqualTo("(command line)");
    assertThat(note.action()).isEqualTo("account.add");

    fails(account("add", "ann", "--role", "ADMIN"), "name 'ann' is taken");
  }

  @Test
  void addsNobodyByMistake() {
    fails(account("add", "Bob", "--role", "ADMIN"), "name = 'Bob': use 1 to 64 of a-z");
    fails(account("add", "bob", "--role", "BOSS"), "Invalid value for option '--role'");
    fails(account("add", "bob"), "Missing required option: '--role=ROLE'");
    fails(
        account("add", "bob", "--role", "ADMIN", "--password-from", "NO_SUCH_VARIABLE"),
        "--password-from NO_SUCH_VARIABLE: there is no such environment variable");
    fails(
        typed("", () -> account("add", "bob", "--role", "ADMIN", "--password-from", "stdin")),
        "standard input is empty");
    Ran shortOne =
        typed(
            "short\n", () -> account("add", "bob", "--role", "ADMIN", "--password-from", "stdin"));
    fails(shortOne, "password has 5 bytes: give 10 to 72");
    assertThat(new AccountRepository(database).find("bob")).isEmpty();
  }

  @Test
  void listsWhoThereIs() {
    account("add", "cid", "--role", "VIEWER");

    assertThat(account("list").out()).containsPattern("cid +VIEWER +active +cid");
    assertThat(account("list", "--json").json().get("accounts").findValuesAsText("name"))
        .contains("cid");
  }

  @Test
  void letsInByALinkToTheHomesServer() {
    account("add", "dan", "--role", "REVIEWER");
    fails(account("link", "dan"), "no web server runs in home");
    new WebAddress(home).tell("http://127.0.0.1:1234");

    String link = account("link", "dan").out().strip();

    assertThat(link).startsWith("http://127.0.0.1:1234/login#link=");
    Secret secret = Secret.of(link.substring(link.indexOf('=') + 1));
    SessionRepository sessions = new SessionRepository(database);
    Secret session = sessions.beginByLink(secret).orElseThrow();
    assertThat(sessions.use(session).orElseThrow().account().name()).isEqualTo("dan");
  }

  @Test
  void letsInByALinkToAnotherAddress() {
    account("add", "eva", "--role", "REVIEWER");

    JsonNode json = account("link", "eva", "--url", "https://labels.example.org", "--json").json();

    assertThat(json.get("link").asText()).startsWith("https://labels.example.org/login#link=");
    assertThat(Instant.parse(json.get("until").asText()))
        .isBetween(
            Instant.now().plus(Duration.ofHours(23)), Instant.now().plus(Duration.ofHours(24)));
    fails(account("link", "nobody", "--url", "http://a.example"), "there is no account 'nobody'");
    fails(account("link", "eva", "--url", "a.example"), "--url a.example is no address");
  }

  @Test
  void makesATokenForAScript() {
    account("add", "fay", "--role", "OPERATOR");

    String lasting = account("token", "fay").out().strip();
    JsonNode ending = account("token", "fay", "--label", "x", "--days", "1", "--json").json();

    TokenRepository tokens = new TokenRepository(database);
    assertThat(tokens.use(Secret.of(lasting)).orElseThrow().role()).isEqualTo(Role.OPERATOR);
    assertThat(tokens.use(Secret.of(ending.get("token").asText()))).isPresent();
    assertThat(tokens.live("fay"))
        .extracting(TokenRepository.Token::label)
        .containsExactly("made on the command line", "x");
    assertThat(tokens.live("fay").get(0).expiresAt()).isNull();
    assertThat(tokens.live("fay").get(1).expiresAt())
        .isBetween(Instant.now(), Instant.now().plus(Duration.ofDays(1)));
    fails(account("token", "fay", "--days", "0"), "--days 0 must be 1 to 36500");
    fails(account("token", "nobody"), "there is no account 'nobody'");
  }

  @Test
  void endsAnAccountButNotTheLastAdmin() {
    account("add", "gil", "--role", "ADMIN");
    account("add", "hal", "--role", "REVIEWER");

    assertThat(account("deactivate", "hal").out()).isEqualTo("hal has ended\n");
    fails(account("deactivate", "gil"), "gil is the last ADMIN");
    fails(account("deactivate", "nobody"), "there is no account 'nobody'");
    fails(account("link", "hal", "--url", "http://a.example"), "hal is not active");
    fails(account("token", "hal"), "hal is not active");
    assertThat(account("list").out()).containsPattern("hal +REVIEWER +ended");
  }
}
