package dev.labelloop.worker.web;

import dev.labelloop.activities.account.Role;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;

/**
 * Who sent a request.
 *
 * @param name of the account
 * @param role of the account
 */
public record Caller(String name, Role role) {
  private static final String ATTRIBUTE = "labelloop.caller";

  /** Whoever can open a connection to a server without accounts. */
  private static final Caller ANYBODY = new Caller("anybody", Role.ADMIN);

  /** Who sent this request. */
  public static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    return caller == null ? ANYBODY : caller;
  }

  /**
   * Who sent this request, if they may do what this role may.
   *
   * @throws Refusal if not
   */
  public static Caller of(Context context, Role least) {
    Caller caller = of(context);
    if (!caller.role.covers(least)) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN,
          caller.name + " is " + caller.role + " here: this takes " + least + ", ask an ADMIN");
    }
    return caller;
  }
}
