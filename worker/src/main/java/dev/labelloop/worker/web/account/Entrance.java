package dev.labelloop.worker.web.account;

import dev.labelloop.activities.account.AccountRepository;
import dev.labelloop.activities.account.Passwords;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets people in who know their password or have a link.
 *
 * <p>Nobody learns which names there are: not by the sentence, not by the time, and unknown names
 * are counted like known ones. Tries that failed count; a name has five of them and one more each
 * half minute, so 2,900 a day against ten characters at least.
 */
final class Entrance {
  private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

  private static final int TRIES = 5;
  private static final Duration TRY_EVERY = Duration.ofSeconds(30);

  /** More than for a name: behind one address there may be a whole office. */
  private static final int ADDRESS_TRIES = 30;

  private static final Duration ADDRESS_TRY_EVERY = Duration.ofSeconds(5);

  private final AccountRepository accounts;
  private final SessionRepository sessions;
  private final Passwords passwords;
  private final RateLimit byName;
  private final RateLimit byAddress;

  /**
   * @param clock nanoseconds since some moment
   */
  Entrance(
      AccountRepository accounts,
      SessionRepository sessions,
      Passwords passwords,
      LongSupplier clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.passwords = passwords;
    byName = new RateLimit(TRIES, TRY_EVERY, clock);
    byAddress = new RateLimit(ADDRESS_TRIES, ADDRESS_TRY_EVERY, clock);
  }

  /**
   * Begins a session by name and password.
   *
   * @throws Refusal if they are wrong, or there were too many tries
   */
  Secret byPassword(String name, String password, String address) {
    return sessions
        .beginByPassword(name, verified(name, password, address))
        .orElseThrow(Entrance::wrong); // the password was changed in this very moment
  }

  /**
   * Hash of the password if it is the one of this name.
   *
   * @throws Refusal if not, or if there were too many tries
   */
  String verified(String name, String password, String address) {
    take(byAddress, address);
    take(byName, name);
    Optional<String> hash = accounts.password(name);
    if (!passwords.matches(password, hash)) {
      LOG.info("a login from {} failed", address); // not its name: that may be a password
      throw wrong();
    }
    byAddress.giveBack(address);
    byName.giveBack(name);
    return hash.orElseThrow();
  }

  private static void take(RateLimit limit, String key) {
    limit
        .take(key)
        .ifPresent(
            wait -> {
              throw Refusal.tooMany(
                  "too many tries: wait " + Refusal.wholeSeconds(wait) + " s", wait);
            });
  }

  private static Refusal wrong() {
    return Refusal.of(
        HttpStatus.UNAUTHORIZED,
        "name or password is wrong: try again, or ask an ADMIN for a link");
  }

  /**
   * Begins a session by a link that works once.
   *
   * @throws Refusal if it does not, or there were too many tries
   */
  Secret byLink(String link, String address) {
    take(byAddress, address);
    Secret session =
        sessions
            .beginByLink(Secret.of(link))
            .orElseThrow(
                () ->
                    Refusal.of(
                        HttpStatus.UNAUTHORIZED,
                        "this link was used, is too old, or a newer one was made:"
                            + " ask an ADMIN for another"));
    byAddress.giveBack(address);
    return session;
  }
}
