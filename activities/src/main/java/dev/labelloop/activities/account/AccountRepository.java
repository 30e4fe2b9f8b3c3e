package dev.labelloop.activities.account;

import dev.labelloop.activities.jdbc.Database;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** Accounts; every change is noted in the audit log. */
public final class AccountRepository {
  /** Columns that {@link #ACCOUNT} reads, of an account named {@code a}. */
  static final String COLUMNS =
      "a.name, a.display, a.role, a.active, a.password is not null as has_password, a.made_at";

  static final RowMapper<Account> ACCOUNT =
      (row, context) ->
          new Account(
              row.getString("name"),
              row.getString("display"),
              Role.valueOf(row.getString("role")),
              row.getBoolean("active"),
              row.getBoolean("has_password"),
              row.getTimestamp("made_at").toInstant());

  private static final String INSERT =
      """
      insert into account (name, display, role, password)
      values (:name, :display, :role, :password)
      on conflict do nothing
      """;

  private static final String FIND = "select " + COLUMNS + " from account a where a.name = :name";

  private static final String ALL = "select " + COLUMNS + " from account a order by a.name";

  private static final String PASSWORD =
      "select password from account where name = :name and active and password is not null";

  /** In one order, so that two who take each other's role away wait for each other. */
  private static final String LOCK_ADMINS =
      "select name from account where role = 'ADMIN' and active order by name for update";

  private static final String UPDATE =
      """
      update account set display = coalesce(:display, display), role = coalesce(:role, role),
        password = coalesce(:password, password), active = coalesce(:active, active)
      where name = :name
      """;

  private static final String END_SESSIONS = "delete from account_session where account = :name";

  private static final String END_LINKS = "delete from account_link where account = :name";

  private static final String REVOKE_TOKENS =
      "update account_token set revoked_at = now() where account = :name and revoked_at is null";

  private final Database database;

  public AccountRepository(Database database) {
    this.database = database;
  }

  /**
   * A new account.
   *
   * @param name as {@link Account#requireName} takes it
   * @param password its hash; null: nobody gets in by password
   */
  public record New(String name, String display, Role role, @Nullable String password) {}

  /**
   * What is to change of an account; what is null stays.
   *
   * @param password hash of the new one
   */
  public record Change(
      @Nullable String display,
      @Nullable Role role,
      @Nullable String password,
      @Nullable Boolean active) {
    /** A new password, by its hash. */
    public static Change password(String hash) {
      return new Change(null, null, hash, null);
    }

    /** The end of an account, or its return. */
    public static Change active(boolean active) {
      return new Change(null, null, null, active);
    }

    private boolean takesAdminAway() {
      return (role != null && role != Role.ADMIN) || Boolean.FALSE.equals(active);
    }

    /** What the audit log says of it. */
    private Map<String, Object> told() {
      Map<String, Object> told = new LinkedHashMap<>();
      if (display != null) {
        told.put("display", display);
      }
      if (role != null) {
        told.put("role", role.name());
      }
      if (password != null) {
        told.put("password", "changed");
      }
      if (active != null) {
        told.put("active", active);
      }
      return told;
    }
  }

  /** What became of a change. */
  public enum Verdict {
    CHANGED,
    /** There is no such account. */
    UNKNOWN,
    /** Nobody would be left to look after accounts. */
    LAST_ADMIN
  }

  /** Stores an account; whether the name was free. */
  public boolean add(String actor, New account) {
    return database.inTransaction(
        handle -> {
          int added =
              handle
                  .createUpdate(INSERT)
                  .bind("name", account.name())
                  .bind("display", account.display())
                  .bind("role", account.role().name())
                  .bind("password", account.password())
                  .execute();
          if (added == 1) {
            AuditRepository.note(
                handle,
                actor,
                "account.add",
                account.name(),
                Map.of("display", account.display(), "role", account.role().name()));
          }
          return added == 1;
        });
  }

  /** The account of this name, active or not. */
  public Optional<Account> find(String name) {
    return database.inTransaction(
        handle -> handle.createQuery(FIND).bind("name", name).map(ACCOUNT).findOne());
  }

  /** All accounts by name. */
  public List<Account> all() {
    return database.inTransaction(handle -> handle.createQuery(ALL).map(ACCOUNT).list());
  }

  /** Hash of an active account's password, if it has one. */
  public Optional<String> password(String name) {
    return database.inTransaction(
        handle -> handle.createQuery(PASSWORD).bind("name", name).mapTo(String.class).findOne());
  }

  /**
   * Changes an account. A new password ends its sessions and unused links; its end does too, and
   * revokes its tokens.
   */
  public Verdict change(String actor, String name, Change change) {
    return database.inTransaction(handle -> change(handle, actor, name, change));
  }

  private static Verdict change(Handle handle, String actor, String name, Change change) {
    if (change.takesAdminAway()) {
      List<String> admins = handle.createQuery(LOCK_ADMINS).mapTo(String.class).list();
      if (admins.equals(List.of(name))) {
        return Verdict.LAST_ADMIN;
      }
    }
    int changed =
        handle
            .createUpdate(UPDATE)
            .bind("name", name)
            .bind("display", change.display())
            .bind("role", change.role() == null ? null : change.role().name())
            .bind("password", change.password())
            .bind("active", change.active())
            .execute();
    if (changed == 0) {
      return Verdict.UNKNOWN;
    }
    boolean ends = Boolean.FALSE.equals(change.active());
    if (ends || change.password() != null) {
      handle.createUpdate(END_SESSIONS).bind("name", name).execute();
      handle.createUpdate(END_LINKS).bind("name", name).execute();
    }
    if (ends) {
      handle.createUpdate(REVOKE_TOKENS).bind("name", name).execute();
    }
    AuditRepository.note(handle, actor, "account.change", name, change.told());
    return Verdict.CHANGED;
  }
}
