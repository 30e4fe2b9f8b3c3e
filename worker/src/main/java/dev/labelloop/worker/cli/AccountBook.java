package dev.labelloop.worker.cli;

import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.AccountStores;
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
    AccountStores stores = AccountStores.on(database);
    accounts = stores.accounts();
    sessions = stores.sessions();
    tokens = stores.tokens();
  }

  @Override
  public void close() {
    database.close();
  }
}
