package dev.labelloop.worker.web.account;

import dev.labelloop.activities.account.Account;
import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.Passwords;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.activities.account.TokenRepository;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What people do with accounts and tokens once they are in; every method throws {@link Refusal}
 * where it cannot be done.
 */
final class AccountDesk {
  /** Beyond this nobody keeps track; a script that makes them in a loop has a fault. */
  private static final int MOST_TOKENS = 100;

  private final AccountRepository accounts;
  private final SessionRepository sessions;
  private final TokenRepository tokens;
  private final Passwords passwords;

  AccountDesk(
      AccountRepository accounts,
      SessionRepository sessions,
      TokenRepository tokens,
      Passwords passwords) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.tokens = tokens;
    this.passwords = passwords;
  }

  List<Account> all() {
    return accounts.all();
  }

  Account add(
      String actor, String name, Role role, Optional<String> display, Optional<String> password) {
    AccountRepository.New account =
        sound(
            () ->
                new AccountRepository.New(
                    Account.requireName(name),
                    display.map(Account::requireDisplay).orElse(name),
                    role,
                    password.map(passwords::hash).orElse(null)));
    if (!accounts.add(actor, account)) {
      throw Refusal.of(
          HttpStatus.CONFLICT, "name = '" + name + "': it is taken, or was once; choose another");
    }
    return find(name);
  }

  Account change(
      String actor,
      String name,
      Optional<Role> role,
      Optional<String> display,
      Optional<String> password,
      Optional<Boolean> active) {
    AccountRepository.Change change =
        sound(
            () ->
                new AccountRepository.Change(
                    display.map(Account::requireDisplay).orElse(null),
                    role.orElse(null),
                    password.map(passwords::hash).orElse(null),
                    active.orElse(null)));
    return switch (accounts.change(actor, name, change)) {
      case CHANGED -> find(name);
      case UNKNOWN -> throw unknown(name);
      case LAST_ADMIN ->
          throw Refusal.of(
              HttpStatus.CONFLICT,
              name + " is the last ADMIN: make another one first, or nobody could let people in");
    };
  }

  /** Gives a new password to somebody who is logged in; all their sessions end. */
  Secret setPassword(String name, String password) {
    String hash = sound(() -> passwords.hash(password));
    accounts.change(name, name, AccountRepository.Change.password(hash));
    return sessions
        .beginByPassword(name, hash)
        .orElseThrow(() -> Refusal.of(HttpStatus.CONFLICT, "the account has just ended"));
  }

  /** A link that lets an account in once. */
  Secret link(String actor, String name) {
    return sessions
        .makeLink(actor, name)
        .orElseThrow(
            () ->
                accounts.find(name).isEmpty()
                    ? unknown(name)
                    : Refusal.of(
                        HttpStatus.CONFLICT, name + " is not active: make it active first"));
  }

  List<TokenRepository.Token> tokens(String name) {
    return tokens.live(name);
  }

  TokenRepository.Made makeToken(String name, String label, Optional<Instant> expires) {
    String sound = sound(() -> TokenRepository.Token.requireLabel(label));
    if (tokens.live(name).size() >= MOST_TOKENS) {
      throw Refusal.of(
          HttpStatus.CONFLICT, name + " has " + MOST_TOKENS + " tokens: revoke some first");
    }
    return tokens.make(name, name, sound, expires.orElse(null)).orElseThrow(() -> unknown(name));
  }

  void revokeToken(String name, String id) {
    if (!id.matches("\\d{1,18}") || !tokens.revoke(name, name, Long.parseLong(id))) {
      throw Refusal.notFound("you have no token " + id);
    }
  }

  private Account find(String name) {
    return accounts.find(name).orElseThrow(() -> unknown(name));
  }

  private static Refusal unknown(String name) {
    return Refusal.notFound("there is no account '" + name + "'");
  }

  private static <T> T sound(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }
}
