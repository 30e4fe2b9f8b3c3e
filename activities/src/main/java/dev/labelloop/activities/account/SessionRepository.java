package dev.labelloop.activities.account;

import dev.labelloop.activities.jdbc.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/** Who is logged in, and the links that log in once. */
public final class SessionRepository {
  /** A session that nobody used for so long ends: a working day with its breaks. */
  public static final Duration IDLE = Duration.ofHours(12);

  /** However much it is used, a session ends after this. */
  public static final Duration LONGEST = Duration.ofDays(14);

  /** So long a link lets in. */
  public static final Duration LINK = Duration.ofHours(24);

  /** How precisely it is known when a session was used: not every request is worth a write. */
  private static final Duration SEEN = Duration.ofMinutes(1);

  /** The account's row is held, so that its end or a new password comes before, or ends this. */
  private static final String LOCK_BY_PASSWORD =
      "select name from account where name = :account and active and password = :password for share";

  private static final String LOCK =
      "select name from account where name = :account and active for share";

  private static final String INSERT =
      "insert into account_session (hash, account, begun_by) values (:hash, :account, :by)";

  private static final String DELETE = "delete from account_session where hash = :hash";

  /** Those that another transaction holds go the next time: nobody waits for rows of others. */
  private static final String DELETE_OLD =
      """
      delete from account_session where hash in (
        select hash from account_session
        where seen_at < now() - :idle::interval or begun_at < now() - :longest::interval
        for update skip locked)
      """;

  private static final String FIND =
      """
      select %s, s.begun_by, s.begun_at, s.seen_at < now() - :seen::interval as stale
      from account_session s join account a on a.name = s.account
      where s.hash = :hash and a.active
        and s.seen_at >= now() - :idle::interval and s.begun_at >= now() - :longest::interval
      """
          .formatted(AccountRepository.COLUMNS);

  private static final String TOUCH =
      "update account_session set seen_at = now() where hash = :hash";

  private static final String FORGET_LINKS = "delete from account_link where account = :account";

  private static final String INSERT_LINK =
      "insert into account_link (hash, account) values (:hash, :account)";

  private static final String LINKED = "select account from account_link where hash = :hash";

  /** Of two who come at once, one finds it gone. */
  private static final String USE_LINK =
      """
      delete from account_link where hash = :hash and made_at >= now() - :link::interval
      returning account
      """;

  private static final RowMapper<Found> FOUND =
      (row, context) ->
          new Found(
              new Session(
                  AccountRepository.ACCOUNT.map(row, context),
                  By.valueOf(row.getString("begun_by")),
                  row.getTimestamp("begun_at").toInstant()),
              row.getBoolean("stale"));

  private final Database database;

  public SessionRepository(Database database) {
    this.database = database;
  }

  /** How a session began. */
  public enum By {
    PASSWORD,
    LINK,
    /** A provider of identities, over OpenID Connect. */
    PROVIDER
  }

  /** Somebody who is logged in. */
  public record Session(Account account, By begunBy, Instant begunAt) {}

  private record Found(Session session, boolean stale) {}

  /**
   * Begins a session of somebody whose password was right.
   *
   * @param verified the hash that it was right for
   * @return empty if the account has ended, or has another password by now
   */
  public Optional<Secret> beginByPassword(String account, String verified) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(LOCK_BY_PASSWORD)
                .bind("account", account)
                .bind("password", verified)
                .mapTo(String.class)
                .findOne()
                .map(name -> begin(handle, name, By.PASSWORD)));
  }

  /**
   * Begins a session of somebody for whom a provider vouches.
   *
   * @return empty if the account has ended
   */
  public Optional<Secret> beginByProvider(String account) {
    return database.inTransaction(
        handle -> active(handle, account).map(name -> begin(handle, name, By.PROVIDER)));
  }

  /**
   * Uses a link up and begins a session.
   *
   * @return empty if the link was used, is too old, was replaced or never was
   */
  public Optional<Secret> beginByLink(Secret link) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(LINKED)
                .bind("hash", link.hash())
                .mapTo(String.class)
                .findOne()
                // In this order, as who ends an account: two that wait for each other would fail.
                .flatMap(account -> active(handle, account))
                .filter(account -> isUsed(handle, link))
                .map(account -> begin(handle, account, By.LINK)));
  }

  private static boolean isUsed(Handle handle, Secret link) {
    return handle
        .createQuery(USE_LINK)
        .bind("hash", link.hash())
        .bind("link", LINK)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  private static Optional<String> active(Handle handle, String account) {
    return handle.createQuery(LOCK).bind("account", account).mapTo(String.class).findOne();
  }

  private static Secret begin(Handle handle, String account, By by) {
    handle.createUpdate(DELETE_OLD).bind("idle", IDLE).bind("longest", LONGEST).execute();
    Secret secret = Secret.fresh();
    handle
        .createUpdate(INSERT)
        .bind("hash", secret.hash())
        .bind("account", account)
        .bind("by", by.name())
        .execute();
    AuditRepository.note(handle, account, "session.begin", account, Map.of("by", by.name()));
    return secret;
  }

  /** Who is logged in by this secret, if the session has not ended; it was used now. */
  public Optional<Session> use(Secret secret) {
    return database.inTransaction(
        handle -> {
          Optional<Found> found =
              handle
                  .createQuery(FIND)
                  .bind("hash", secret.hash())
                  .bind("seen", SEEN)
                  .bind("idle", IDLE)
                  .bind("longest", LONGEST)
                  .map(FOUND)
                  .findOne();
          if (found.isPresent() && found.get().stale()) {
            handle.createUpdate(TOUCH).bind("hash", secret.hash()).execute();
          }
          return found.map(Found::session);
        });
  }

  /** Ends a session; one that there is not has ended. */
  public void end(Secret secret) {
    database.useTransaction(
        handle ->
            handle
                .createQuery(DELETE + " returning account")
                .bind("hash", secret.hash())
                .mapTo(String.class)
                .findOne()
                .ifPresent(
                    account ->
                        AuditRepository.note(handle, account, "session.end", account, Map.of())));
  }

  /**
   * Makes a link that lets an account in once, within {@link #LINK}; its older ones let nobody in
   * any more.
   *
   * @return empty if there is no such account, or it has ended
   */
  public Optional<Secret> makeLink(String actor, String account) {
    return database.inTransaction(
        handle -> active(handle, account).map(name -> makeLink(handle, actor, name)));
  }

  private static Secret makeLink(Handle handle, String actor, String account) {
    Secret link = Secret.fresh();
    handle.createUpdate(FORGET_LINKS).bind("account", account).execute();
    handle.createUpdate(INSERT_LINK).bind("hash", link.hash()).bind("account", account).execute();
    AuditRepository.note(handle, actor, "link.make", account, Map.of());
    return link;
  }
}
