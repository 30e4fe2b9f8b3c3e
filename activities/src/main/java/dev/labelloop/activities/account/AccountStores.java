package dev.labelloop.activities.account;

import dev.labelloop.activities.jdbc.Database;

/** All that is stored of accounts, in one database. */
public record AccountStores(
    AccountRepository accounts,
    SessionRepository sessions,
    TokenRepository tokens,
    IdentityRepository identities,
    AuditRepository audit) {
  /** Those of this database. */
  public static AccountStores on(Database database) {
    return new AccountStores(
        new AccountRepository(database),
        new SessionRepository(database),
        new TokenRepository(database),
        new IdentityRepository(database),
        new AuditRepository(database));
  }
}
