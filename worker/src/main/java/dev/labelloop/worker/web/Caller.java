package dev.labelloop.worker.web;

import dev.labelloop.activities.account.Account;
import dev.labelloop.activities.account.Role;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request.
 *
 * @param name of the account
 * @param display the account as people read it
 * @param role of the account
 * @param method by which it is known who that is
 */
public record Caller(String name, String display, Role role, Method method) {
  private static final String ATTRIBUTE = "labelloop.caller";
  private static final String GUARDED = "labelloop.guarded";

  /** Whoever can open a connection to a server without accounts. */
  private static final Caller ANYBODY = new Caller("anybody", "Anybody", Role.ADMIN, Method.OPEN);

  /** How it is known who sent a request. */
  public enum Method {
    /** A person who logged in with a browser. */
    SESSION,
    /** A script with a token. */
    TOKEN,
    /** The server has no accounts. */
    OPEN
  }

  /** Somebody who was let in. */
  public static Caller of(Account account, Method method) {
    return new Caller(account.name(), account.display(), account.role(), method);
  }

  /**
   * From now on somebody must have sent this request; who, if it is known.
   *
   * @param caller null: nobody that is known
   */
  public static void set(Context context, @Nullable Caller caller) {
    context.attribute(GUARDED, true);
    context.attribute(ATTRIBUTE, caller);
  }

  /**
   * Who sent this request.
   *
   * @throws Refusal if nobody did that is known here
   */
  public static Caller of(Context context) {
    Caller caller = context.attribute(ATTRIBUTE);
    if (caller != null) {
      return caller;
    }
    if (context.attribute(GUARDED) != null) {
      throw nobody(context);
    }
    return ANYBODY;
  }

  /** What is said to somebody who is not known. */
  public static Refusal nobody(Context context) {
    context.header("WWW-Authenticate", "Bearer realm=\"labelloop\"");
    return Refusal.of(
        HttpStatus.UNAUTHORIZED,
        "nobody is logged in: log in at /login, or send Authorization: Bearer TOKEN");
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
