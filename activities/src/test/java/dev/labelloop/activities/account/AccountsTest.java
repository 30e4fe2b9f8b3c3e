package dev.labelloop.activities.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.account.AccountRepository.Change;
import dev.labelloop.activities.account.AccountRepository.New;
import dev.labelloop.activities.account.AccountRepository.Verdict;
import dev.labelloop.activities.account.SessionRepository.By;
import dev.labelloop.activities.jdbc.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Who gets in, how long, and what is noted of it; each test has accounts of its own. */
class AccountsTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final AccountRepository accounts = new AccountRepository(POSTGRES.database());
  private final SessionRepository sessions = new SessionRepository(POSTGRES.database());
  private final TokenRepository tokens = new TokenRepository(POSTGRES.database());
  private final AuditRepository audit = new AuditRepository(POSTGRES.database());

  private void add(String name, Role role) {
    assertThat(accounts.add("root", new New(name, name, role, "hash of " + name))).isTrue();
  }

  private Secret session(String name) {
    return sessions.beginByPassword(name, "hash of " + name).orElseThrow();
  }

  private List<AuditRepository.Entry> noted(String subject) {
    return audit.before(Long.MAX_VALUE, 1000).stream()
        .filter(entry -> entry.subject().equals(subject))
        .toList();
  }

  /** Makes it seem that something was longer ago. */
  private static void age(String table, String column, Secret secret, Duration by) {
    POSTGRES
        .database()
        .useTransaction(
            handle ->
                assertThat(
                        handle
                            .createUpdate(
                                "update %s set %s = %s - :by::interval where hash = :hash"
                                    .formatted(table, column, column))
                            .bind("by", by)
                            .bind("hash", secret.hash())
                            .execute())
                    .isOne());
  }

  @Test
  void givesANameOnce() {
    add("ann", Role.REVIEWER);

    assertThat(accounts.add("root", new New("ann", "Another", Role.ADMIN, null))).isFalse();

    Account ann = accounts.find("ann").orElseThrow();
    assertThat(ann.role()).isEqualTo(Role.REVIEWER);
    assertThat(ann.hasPassword()).isTrue();
    assertThat(accounts.password("ann")).contains("hash of ann");
    assertThat(noted("ann")).hasSize(1);
  }

  @Test
  void changesWhatIsNamedAndNotesIt() {
    add("bea", Role.REVIEWER);

    Change change = new Change("Bea B.", Role.OPERATOR, "new hash", null);
    assertThat(accounts.change("root", "bea", change)).isEqualTo(Verdict.CHANGED);

    Account bea = accounts.find("bea").orElseThrow();
    assertThat(bea.display()).isEqualTo("Bea B.");
    assertThat(bea.role()).isEqualTo(Role.OPERATOR);
    assertThat(bea.active()).isTrue();
    AuditRepository.Entry entry = noted("bea").get(0);
    assertThat(entry.actor()).isEqualTo("root");
    assertThat(entry.action()).isEqualTo("account.change");
    assertThat(entry.detail())
        .contains("OPERATOR", "\"password\": \"changed\"")
        .doesNotContain("new hash");
  }

  @Test
  void knowsNobodyWhoWasNotAdded() {
    assertThat(accounts.find("nobody")).isEmpty();
    assertThat(accounts.password("nobody")).isEmpty();
    assertThat(accounts.change("root", "nobody", Change.active(false))).isEqualTo(Verdict.UNKNOWN);
    assertThat(sessions.makeLink("root", "nobody")).isEmpty();
    assertThat(tokens.make("root", "nobody", "script", null)).isEmpty();
    assertThat(noted("nobody")).isEmpty();
  }

  @Test
  void beginsEachSessionUnderASecretOfItsOwn() {
    add("cat", Role.REVIEWER);
    Secret first = session("cat");
    Secret second = session("cat");

    assertThat(first.text()).isNotEqualTo(second.text()).hasSizeGreaterThan(42);
    sessions.end(first);

    assertThat(sessions.use(first)).isEmpty();
    assertThat(sessions.use(second).orElseThrow().begunBy()).isEqualTo(By.PASSWORD);
    assertThat(noted("cat"))
        .extracting(AuditRepository.Entry::action)
        .containsExactly("session.end", "session.begin", "session.begin", "account.add");
  }

  @Test
  void beginsNoSessionByAPasswordThatWasChangedMeanwhile() {
    add("dan", Role.REVIEWER);
    accounts.change("dan", "dan", Change.password("newer"));

    assertThat(sessions.beginByPassword("dan", "hash of dan")).isEmpty();
    assertThat(sessions.beginByPassword("dan", "newer")).isPresent();
  }

  @Test
  void endsASessionThatNobodyUses() {
    add("eva", Role.REVIEWER);
    Secret session = session("eva");

    age("account_session", "seen_at", session, Duration.ofHours(11));
    assertThat(sessions.use(session)).as("used, and so as fresh as ever").isPresent();
    age("account_session", "seen_at", session, Duration.ofHours(11));
    assertThat(sessions.use(session)).isPresent();
    age("account_session", "seen_at", session, Duration.ofHours(12).plusMinutes(1));
    assertThat(sessions.use(session)).isEmpty();
  }

  @Test
  void endsASessionAfterTwoWeeksHoweverMuchItIsUsed() {
    add("fay", Role.REVIEWER);
    Secret session = session("fay");

    age("account_session", "begun_at", session, Duration.ofDays(13));
    assertThat(sessions.use(session)).isPresent();
    age("account_session", "begun_at", session, Duration.ofDays(1));
    assertThat(sessions.use(session)).isEmpty();
  }

  @Test
  void endsAllSessionsAndLinksWithThePassword() {
    add("gil", Role.REVIEWER);
    Secret session = session("gil");
    Secret link = sessions.makeLink("root", "gil").orElseThrow();
    Secret token = tokens.make("gil", "gil", "script", null).orElseThrow().secret();

    accounts.change("gil", "gil", Change.password("newer"));

    assertThat(sessions.use(session)).isEmpty();
    assertThat(sessions.beginByLink(link)).isEmpty();
    assertThat(tokens.use(token)).as("scripts go on").isPresent();
  }

  @Test
  void letsNothingOfAnEndedAccountIn() {
    add("hal", Role.REVIEWER);
    Secret session = session("hal");
    Secret link = sessions.makeLink("root", "hal").orElseThrow();
    Secret token = tokens.make("hal", "hal", "script", null).orElseThrow().secret();

    accounts.change("root", "hal", Change.active(false));

    assertThat(accounts.password("hal")).isEmpty();
    assertThat(sessions.beginByPassword("hal", "hash of hal")).isEmpty();
    assertThat(sessions.beginByProvider("hal")).isEmpty();
    assertThat(sessions.makeLink("root", "hal")).isEmpty();
    assertThat(tokens.make("root", "hal", "script", null)).isEmpty();

    accounts.change("root", "hal", Change.active(true));
    assertThat(sessions.use(session)).as("its return does not bring back").isEmpty();
    assertThat(sessions.beginByLink(link)).isEmpty();
    assertThat(tokens.use(token)).isEmpty();
    assertThat(accounts.password("hal")).isPresent();
  }

  @Test
  void usesALinkOnce() {
    add("ida", Role.REVIEWER);
    Secret link = sessions.makeLink("root", "ida").orElseThrow();

    Secret session = sessions.beginByLink(link).orElseThrow();

    assertThat(sessions.use(session).orElseThrow().begunBy()).isEqualTo(By.LINK);
    assertThat(sessions.beginByLink(link)).isEmpty();
    assertThat(sessions.beginByLink(Secret.of("made up"))).isEmpty();
  }

  @Test
  void usesALinkOnceEvenIfManyComeAtOnce() throws Exception {
    add("jan", Role.REVIEWER);
    Secret link = sessions.makeLink("root", "jan").orElseThrow();
    ExecutorService pool = Executors.newFixedThreadPool(8);

    List<Future<Optional<Secret>>> begun =
        pool.invokeAll(
            Stream.<Callable<Optional<Secret>>>generate(() -> () -> sessions.beginByLink(link))
                .limit(8)
                .toList());
    pool.shutdown();

    int let = 0;
    for (Future<Optional<Secret>> one : begun) {
      let += one.get().isPresent() ? 1 : 0;
    }
    assertThat(let).isOne();
  }

  @Test
  void lastsALinkForADayOrUntilANewerOne() {
    add("kim", Role.REVIEWER);
    Secret first = sessions.makeLink("root", "kim").orElseThrow();
    Secret second = sessions.makeLink("root", "kim").orElseThrow();

    assertThat(sessions.beginByLink(first)).isEmpty();
    age("account_link", "made_at", second, Duration.ofHours(24).plusSeconds(1));
    assertThat(sessions.beginByLink(second)).isEmpty();
  }

  @Test
  void takesATokenUntilItIsRevokedOrTooOld() {
    add("leo", Role.OPERATOR);
    Instant later = Instant.now().plusSeconds(3600);
    TokenRepository.Made lasting = tokens.make("leo", "leo", "nightly", null).orElseThrow();
    TokenRepository.Made ending = tokens.make("leo", "leo", "hourly", later).orElseThrow();

    assertThat(lasting.secret().text()).startsWith("llt_");
    assertThat(tokens.use(lasting.secret()).orElseThrow().role()).isEqualTo(Role.OPERATOR);
    assertThat(tokens.use(ending.secret())).isPresent();
    assertThat(tokens.live("leo"))
        .extracting(TokenRepository.Token::label)
        .containsExactly("nightly", "hourly");
    assertThat(tokens.live("leo").get(0).usedAt()).isNotNull();

    age("account_token", "expires_at", ending.secret(), Duration.ofHours(2));
    assertThat(tokens.use(ending.secret())).isEmpty();
    assertThat(tokens.revoke("leo", "leo", lasting.token().id())).isTrue();
    assertThat(tokens.revoke("leo", "leo", lasting.token().id())).isFalse();
    assertThat(tokens.use(lasting.secret())).isEmpty();
    assertThat(tokens.live("leo")).isEmpty();
  }

  @Test
  void revokesNobodyElsesToken() {
    add("mia", Role.REVIEWER);
    add("max", Role.REVIEWER);
    TokenRepository.Made made = tokens.make("mia", "mia", "script", null).orElseThrow();

    assertThat(tokens.revoke("max", "max", made.token().id())).isFalse();
    assertThat(tokens.use(made.secret())).isPresent();
  }

  @Test
  void keepsALastAdmin() throws Exception {
    add("one", Role.ADMIN);
    add("two", Role.ADMIN);

    // Both take the other's role away at once: one of them must stay.
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Change demoted = new Change(null, Role.REVIEWER, null, null);
    List<Future<Verdict>> verdicts =
        pool.invokeAll(
            List.of(
                () -> accounts.change("one", "two", demoted),
                () -> accounts.change("two", "one", demoted)));
    pool.shutdown();

    assertThat(Stream.of(verdicts.get(0).get(), verdicts.get(1).get()))
        .containsExactlyInAnyOrder(Verdict.CHANGED, Verdict.LAST_ADMIN);
    List<Account> left = accounts.all().stream().filter(a -> a.role() == Role.ADMIN).toList();
    assertThat(left).hasSize(1);
    String last = left.get(0).name();
    assertThat(accounts.change("root", last, Change.active(false))).isEqualTo(Verdict.LAST_ADMIN);
    assertThat(accounts.change("root", last, new Change(null, Role.ADMIN, null, true)))
        .isEqualTo(Verdict.CHANGED);
  }

  @Test
  void keepsNoSecretAnywhere() {
    add("ned", Role.REVIEWER);
    Secret session = session("ned");
    Secret link = sessions.makeLink("root", "ned").orElseThrow();
    Secret token = tokens.make("ned", "ned", "script", null).orElseThrow().secret();

    assertThat(POSTGRES.rows())
        .noneMatch(row -> row.contains(session.text()))
        .noneMatch(row -> row.contains(link.text()))
        .noneMatch(row -> row.contains(token.text()));
    assertThat(session).asString().doesNotContain(session.text());
  }

  @Test
  void takesNoNoteBack() {
    add("ola", Role.REVIEWER);
    List<AuditRepository.Entry> before = noted("ola");

    for (String sql :
        List.of(
            "update audit_entry set actor = 'nobody'",
            "delete from audit_entry",
            "truncate audit_entry")) {
      assertThatThrownBy(() -> POSTGRES.database().useTransaction(handle -> handle.execute(sql)))
          .as(sql)
          .isInstanceOf(JdbiException.class)
          .hasMessageContaining("append-only");
    }
    assertThat(noted("ola")).isEqualTo(before);
  }

  @Test
  void notesNothingOfAChangeThatFailed() {
    assertThatThrownBy(
            () ->
                POSTGRES
                    .database()
                    .useTransaction(
                        handle -> {
                          AuditRepository.note(handle, "root", "test", "undone", Map.of("a", 1));
                          throw new IllegalStateException("the change itself fails");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(noted("undone")).isEmpty();
  }

  @Test
  void pagesThroughTheNotes() {
    POSTGRES
        .database()
        .useTransaction(
            handle -> {
              for (int i = 0; i < 5; i++) {
                AuditRepository.note(handle, "root", "test", "paged", "{\"i\": " + i + "}");
              }
            });

    List<AuditRepository.Entry> newest = audit.before(Long.MAX_VALUE, 2);
    assertThat(newest)
        .extracting(AuditRepository.Entry::detail)
        .containsExactly("{\"i\": 4}", "{\"i\": 3}");
    assertThat(audit.before(newest.get(1).id(), 1).get(0).detail()).isEqualTo("{\"i\": 2}");
  }
}
