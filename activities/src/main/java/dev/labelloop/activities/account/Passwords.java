package dev.labelloop.activities.account;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Passwords as they are kept: hashed by bcrypt. */
public final class Passwords {
  /** 2^12 turns: a quarter of a second of a core. */
  public static final int COST = 12;

  private static final int LEAST = 10;

  /** Bcrypt reads no further. */
  private static final int MOST = 72;

  /** Salt and hash of no password in particular, behind the cost. */
  private static final String NOBODYS = "kRHBEzZzOBTqgUqOk9G1Y.uuKcqzyLQzFQvPBqFpPDwmwxbDEqwBC";

  private final int cost;
  private final String nobodys;

  /**
   * @param cost binary logarithm of the turns; {@link #COST} but for tests, 4 at least
   */
  public Passwords(int cost) {
    this.cost = cost;
    nobodys = "$2a$%02d$%s".formatted(cost, NOBODYS);
  }

  /**
   * The hash to keep of a new password.
   *
   * @throws IllegalArgumentException if it is too short or too long; the message does not hold it
   */
  public String hash(String password) {
    int bytes = bytes(password);
    if (bytes < LEAST || bytes > MOST) {
      throw new IllegalArgumentException(
          "password has " + bytes + " bytes: give " + LEAST + " to " + MOST);
    }
    return BCrypt.withDefaults().hashToString(cost, password.toCharArray());
  }

  /**
   * Whether this is the password.
   *
   * @param hash empty where there is none: it takes as long to say no, so that nobody can tell by
   *     the time which names there are
   */
  public boolean matches(String password, Optional<String> hash) {
    boolean possible = bytes(password) <= MOST;
    boolean equal =
        BCrypt.verifyer()
            .verify((possible ? password : "").toCharArray(), hash.orElse(nobodys).toCharArray())
            .verified;
    return equal && possible && hash.isPresent();
  }

  private static int bytes(String password) {
    return password.getBytes(StandardCharsets.UTF_8).length;
  }
}
