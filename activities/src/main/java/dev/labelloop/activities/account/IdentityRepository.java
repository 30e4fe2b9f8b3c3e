package dev.labelloop.activities.account;

import dev.labelloop.activities.jdbc.Database;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which account a person has whom a provider of identities vouches for. */
public final class IdentityRepository {
  /** So many people of one name are told apart by a number. */
  private static final int MOST_ALIKE = 1_000;

  /** Two first logins of one person at once make one account. */
  private static final String LOCK =
      "select pg_advisory_xact_lock(hashtext('account_identity'), hashtext(:issuer || :subject))";

  private static final String FIND =
      "select account from account_identity where issuer = :issuer and subject = :subject";

  private static final String INSERT_ACCOUNT =
      """
      insert into account (name, display, role) values (:name, :display, :role)
      on conflict do nothing
      """;

  private static final String INSERT =
      """
      insert into account_identity (issuer, subject, account)
      values (:issuer, :subject, :account)
      """;

  private final Database database;

  public IdentityRepository(Database database) {
    this.database = database;
  }

  /**
   * Who a provider says that somebody is.
   *
   * @param issuer the provider
   * @param subject by which it knows the person; nothing else of it stays the same
   */
  public record Identity(String issuer, String subject) {}

  /** Name of the person's account, if there is one. */
  public Optional<String> find(Identity identity) {
    return database.inTransaction(handle -> find(handle, identity));
  }

  /**
   * Name of the person's account, made if there is none. A name that is taken gets a number: that
   * somebody is called so elsewhere must not make them somebody here.
   *
   * @param name as {@link Account#requireName} takes it, with room for a number
   */
  public String findOrAdd(String actor, Identity identity, String name, String display, Role role) {
    return database.inTransaction(
        handle -> {
          handle
              .createQuery(LOCK)
              .bind("issuer", identity.issuer())
              .bind("subject", identity.subject())
              .mapTo(String.class)
              .list();
          return find(handle, identity)
              .orElseGet(() -> add(handle, actor, identity, name, display, role));
        });
  }

  private static Optional<String> find(Handle handle, Identity identity) {
    return handle
        .createQuery(FIND)
        .bind("issuer", identity.issuer())
        .bind("subject", identity.subject())
        .mapTo(String.class)
        .findOne();
  }

  private static String add(
      Handle handle, String actor, Identity identity, String wanted, String display, Role role) {
    String name = free(handle, wanted, display, role);
    handle
        .createUpdate(INSERT)
        .bind("issuer", identity.issuer())
        .bind("subject", identity.subject())
        .bind("account", name)
        .execute();
    AuditRepository.note(
        handle,
        actor,
        "account.add",
        name,
        Map.of(
            "display", display,
            "role", role.name(),
            "issuer", identity.issuer(),
            "subject", identity.subject()));
    return name;
  }

  private static String free(Handle handle, String wanted, String display, Role role) {
    for (int i = 1; i <= MOST_ALIKE; i++) {
      String name = i == 1 ? wanted : wanted + "-" + i;
      int added =
          handle
              .createUpdate(INSERT_ACCOUNT)
              .bind("name", name)
              .bind("display", display)
              .bind("role", role.name())
              .execute();
      if (added == 1) {
        return name;
      }
    }
    throw new IllegalStateException(MOST_ALIKE + " accounts are called " + wanted);
  }
}
