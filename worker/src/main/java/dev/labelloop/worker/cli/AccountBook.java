package dev.labelloop.worker.cli;

import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.activities.account.TokenRepository;
import dev.labelloop.activities.jdbc.Database;

/** The accounts of one database, for as long as it is open. */
final class AccountBook implements AutoCloseable {
  private final Database database;
  final AccountRepository accounts;
  final SessionRepository sessions;
  final TokenRepository tokens;

  AccountBook(Database database) {
    this.database = database;
    accounts = new AccountRepository(database);
    sessions = new SessionRepository(database);
    tokens = new TokenRepository(database);
  }

  @Override
  public void close() {
    database.close();
  }
}
