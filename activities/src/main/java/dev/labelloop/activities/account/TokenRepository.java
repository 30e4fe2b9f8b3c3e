package dev.labelloop.activities.account;

import dev.labelloop.activities.jdbc.Database;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Tokens by which scripts act for an account. */
public final class TokenRepository {
  /** Every token begins with this: people and scanners for leaked secrets know it by that. */
  public static final String PREFIX = "llt_";

  private static final int LABEL = 200;

  /** How precisely it is known when a token was used: not every request is worth a write. */
  private static final Duration USED = Duration.ofMinutes(1);

  private static final String LIVE =
      "t.revoked_at is null and (t.expires_at is null or t.expires_at > now())";

  private static final String LOCK =
      "select name from account where name = :account and active for share";

  private static final String INSERT =
      """
      insert into account_token (hash, account, label, expires_at)
      values (:hash, :account, :label, :expires)
      returning id, account, label, made_at, used_at, expires_at
      """;

  private static final String REVOKE =
      """
      update account_token set revoked_at = now()
      where account = :account and id = :id and revoked_at is null
      returning label
      """;

  private static final String REVOKE_LABEL =
      """
      update account_token set revoked_at = now()
      where account = :account and label = :label and revoked_at is null
      """;

  private static final String OF_ACCOUNT =
      """
      select id, account, label, made_at, used_at, expires_at from account_token t
      where account = :account and %s order by id
      """
          .formatted(LIVE);

  private static final String FIND =
      """
      select %s, t.id,
        t.used_at is null or t.used_at < now() - :used::interval as stale
      from account_token t join account a on a.name = t.account
      where t.hash = :hash and a.active and %s
      """
          .formatted(AccountRepository.COLUMNS, LIVE);

  private static final String TOUCH = "update account_token set used_at = now() where id = :id";

  private static final RowMapper<Token> TOKEN =
      (row, context) ->
          new Token(
              row.getLong("id"),
              row.getString("account"),
              row.getString("label"),
              row.getTimestamp("made_at").toInstant(),
              instant(row.getTimestamp("used_at")),
              instant(row.getTimestamp("expires_at")));

  private static final RowMapper<Found> FOUND =
      (row, context) ->
          new Found(
              row.getLong("id"),
              AccountRepository.ACCOUNT.map(row, context),
              row.getBoolean("stale"));

  private final Database database;

  public TokenRepository(Database database) {
    this.database = database;
  }

  /**
   * A token, without its secret.
   *
   * @param label what it is for
   * @param usedAt to the minute; null: never
   * @param expiresAt null: never
   */
  public record Token(
      long id,
      String account,
      String label,
      Instant madeAt,
      @Nullable Instant usedAt,
      @Nullable Instant expiresAt) {
    /**
     * The label, if a token may have it.
     *
     * @throws IllegalArgumentException if not, with the mend
     */
    public static String requireLabel(String label) {
      if (label.isBlank()
          || label.length() > LABEL
          || label.chars().anyMatch(Character::isISOControl)
          || !StandardCharsets.UTF_8.newEncoder().canEncode(label)) {
        throw new IllegalArgumentException(
            "label: say in one line of 1 to " + LABEL + " characters what the token is for");
      }
      return label.strip();
    }
  }

  private record Found(long id, Account account, boolean stale) {}

  /** A new token; the secret is never seen again. */
  public record Made(Token token, Secret secret) {}

  private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
    return timestamp == null ? null : timestamp.toInstant();
  }

  /**
   * Makes a token.
   *
   * @param expires null: never
   * @return empty if there is no such account, or it has ended
   */
  public Optional<Made> make(
      String actor, String account, String label, @Nullable Instant expires) {
    return database.inTransaction(handle -> make(handle, actor, account, label, expires));
  }

  /** As {@link #make}, without an end, and revokes what bore this label before. */
  public Optional<Made> replace(String actor, String account, String label) {
    return database.inTransaction(
        handle -> {
          handle.createUpdate(REVOKE_LABEL).bind("account", account).bind("label", label).execute();
          return make(handle, actor, account, label, null);
        });
  }

  private static Optional<Made> make(
      Handle handle, String actor, String account, String label, @Nullable Instant expires) {
    if (handle.createQuery(LOCK).bind("account", account).mapTo(String.class).findOne().isEmpty()) {
      return Optional.empty();
    }
    Secret secret = Secret.fresh(PREFIX);
    Token token =
        handle
            .createQuery(INSERT)
            .bind("hash", secret.hash())
            .bind("account", account)
            .bind("label", label)
            .bind("expires", expires)
            .map(TOKEN)
            .one();
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("token", token.id());
    detail.put("label", label);
    if (expires != null) {
      detail.put("expires", expires.toString());
    }
    AuditRepository.note(handle, actor, "token.make", account, detail);
    return Optional.of(new Made(token, secret));
  }

  /** Revokes an account's token; whether there was such a one. */
  public boolean revoke(String actor, String account, long id) {
    return database.inTransaction(
        handle -> {
          Optional<String> label =
              handle
                  .createQuery(REVOKE)
                  .bind("account", account)
                  .bind("id", id)
                  .mapTo(String.class)
                  .findOne();
          label.ifPresent(
              was ->
                  AuditRepository.note(
                      handle, actor, "token.revoke", account, Map.of("token", id, "label", was)));
          return label.isPresent();
        });
  }

  /** The tokens by which scripts can act for an account now. */
  public List<Token> live(String account) {
    return database.inTransaction(
        handle -> handle.createQuery(OF_ACCOUNT).bind("account", account).map(TOKEN).list());
  }

  /** Whose token this is, if it is live; it was used now. */
  public Optional<Account> use(Secret secret) {
    return database.inTransaction(
        handle -> {
          Optional<Found> found =
              handle
                  .createQuery(FIND)
                  .bind("hash", secret.hash())
                  .bind("used", USED)
                  .map(FOUND)
                  .findOne();
          if (found.isPresent() && found.get().stale()) {
            handle.createUpdate(TOUCH).bind("id", found.get().id()).execute();
          }
          return found.map(Found::account);
        });
  }
}
