package dev.labelloop.activities.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.jdbc.Database;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What people and scripts have changed, append-only: the database refuses to change an entry. */
public final class AuditRepository {
  /** Who made a change that no person asked for; no account can have such a name. */
  public static final String SERVER = "(server)";

  /** Who made a change on the command line of a machine that reaches the database. */
  public static final String COMMAND_LINE = "(command line)";

  /** Who made a change that a provider of identities asked for. */
  public static final String PROVIDER = "(provider)";

  private static final String NOTE =
      """
      insert into audit_entry (actor, action, subject, detail)
      values (:actor, :action, :subject, :detail::jsonb)
      """;

  private static final String BEFORE =
      """
      select id, at, actor, action, subject, detail::text as detail from audit_entry
      where id < :before order by id desc limit :limit
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;

  public AuditRepository(Database database) {
    this.database = database;
  }

  /**
   * One change.
   *
   * @param actor name of an account, or who acts without one, in parentheses
   * @param action what was done, such as {@code account.add}
   * @param subject what it was done to, such as a name or an id
   * @param detail a JSON object
   */
  public record Entry(
      long id, Instant at, String actor, String action, String subject, String detail) {}

  /**
   * Notes a change in the transaction that makes it.
   *
   * @param detail what else is to be known; never a secret
   */
  public static void note(
      Handle handle, String actor, String action, String subject, Map<String, ?> detail) {
    try {
      note(handle, actor, action, subject, JSON.writeValueAsString(detail));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + detail, e);
    }
  }

  /**
   * As the other.
   *
   * @param detail a JSON object
   */
  public static void note(
      Handle handle, String actor, String action, String subject, String detail) {
    handle
        .createUpdate(NOTE)
        .bind("actor", actor)
        .bind("action", action)
        .bind("subject", subject)
        .bind("detail", detail)
        .execute();
  }

  /** Notes a change that was made elsewhere, such as by a running campaign. */
  public void add(String actor, String action, String subject, Map<String, ?> detail) {
    database.useTransaction(handle -> note(handle, actor, action, subject, detail));
  }

  /**
   * The newest entries, the newest first.
   *
   * @param before those with smaller ids; {@link Long#MAX_VALUE} for the newest of all
   * @param limit at most so many
   */
  public List<Entry> before(long before, int limit) {
    return database.inTransaction(
        handle ->
            handle
                .createQuery(BEFORE)
                .bind("before", before)
                .bind("limit", limit)
                .map(
                    (row, context) ->
                        new Entry(
                            row.getLong("id"),
                            row.getTimestamp("at").toInstant(),
                            row.getString("actor"),
                            row.getString("action"),
                            row.getString("subject"),
                            row.getString("detail")))
                .list());
  }
}
