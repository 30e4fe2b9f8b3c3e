package dev.labelloop.worker.web.account;

import dev.labelloop.activities.account.Account;
import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.AccountStores;
import dev.labelloop.activities.account.AuditRepository;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.activities.account.TokenRepository;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.SecretFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How the one who starts a server gets in, without any set-up: through the account {@value #NAME},
 * by a link that is printed, and for scripts by a token in a file. Whoever starts it owns the home
 * anyway. An owner who wants neither ends that account, and the next starts leave it be.
 */
public final class FirstAccess {
  /** Of the account. */
  public static final String NAME = "admin";

  /** Of the file with the token, in the home. */
  public static final String TOKEN_FILE = "token";

  private final AccountRepository accounts;
  private final SessionRepository sessions;
  private final TokenRepository tokens;

  public FirstAccess(AccountStores stores) {
    accounts = stores.accounts();
    sessions = stores.sessions();
    tokens = stores.tokens();
  }

  /** Address of the page that a link lets in from; no server sees what is behind the #. */
  public static String address(String server, Secret link) {
    return server + "/login#link=" + link.text();
  }

  /** Makes the account if there is none; whether it is active and may do everything. */
  public boolean prepare() {
    accounts.add(
        AuditRepository.SERVER, new AccountRepository.New(NAME, "Admin", Role.ADMIN, null));
    return accounts
        .find(NAME)
        .filter(account -> account.active() && account.role() == Role.ADMIN)
        .isPresent();
  }

  /** A fresh link for the account; earlier ones that nobody used let nobody in any more. */
  public Optional<Secret> link() {
    return sessions.makeLink(AuditRepository.SERVER, NAME);
  }

  /**
   * Sees to it that a home's file holds a live token of the account. It stays over restarts; it is
   * made anew where it is missing, does not let in, or could be read by others.
   *
   * @throws BadInputException if the file cannot be written
   */
  public Path token(Path home) {
    SecretFile file = new SecretFile(home.resolve(TOKEN_FILE));
    try {
      Optional<Account> lets = file.read().flatMap(text -> tokens.use(Secret.of(text)));
      if (lets.isEmpty() || !lets.get().name().equals(NAME) || !file.isPrivate()) {
        Optional<TokenRepository.Made> made =
            tokens.replace(AuditRepository.SERVER, NAME, "file " + file.path());
        file.write(made.orElseThrow().secret().text());
      }
      return file.path();
    } catch (IOException e) {
      throw new BadInputException(
          "file " + file.path() + " cannot be used (" + e + "): make it yours, or take it away");
    }
  }
}
