package dev.labelloop.worker.web.account;

import dev.labelloop.activities.account.Account;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.account.Secret;
import dev.labelloop.activities.account.SessionRepository;
import dev.labelloop.activities.account.TokenRepository;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.MetricsPart;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Finds out who sends a request before anything else is done with it.
 *
 * <p>Open to all are the pages, which hold no data, and the ways to log in. The metrics are open on
 * this machine, where Prometheus asks for them, and not through a proxy. A browser that is logged
 * in sends its session along whichever page asks it to, so its writes must carry a header that
 * foreign pages cannot send.
 */
final class Doorkeeper implements Handler {
  static final String HEADER = "X-LabelLoop";

  private static final Set<HandlerType> READS =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private static final String BEARER = "Bearer ";

  /** Far more than a person can do, and than a script needs. */
  private static final int WRITES = 1_000;

  private static final Duration WRITE_EVERY = Duration.ofMillis(10);

  private final SessionRepository sessions;
  private final TokenRepository tokens;
  private final SessionCookie cookie;
  private final Front front;
  private final RateLimit writes;

  /**
   * @param clock nanoseconds since some moment
   */
  Doorkeeper(
      SessionRepository sessions,
      TokenRepository tokens,
      SessionCookie cookie,
      Front front,
      LongSupplier clock) {
    this.sessions = sessions;
    this.tokens = tokens;
    this.cookie = cookie;
    this.front = front;
    writes = new RateLimit(WRITES, WRITE_EVERY, clock);
  }

  @Override
  public void handle(Context context) {
    Caller.set(context, null);
    if (!isGuarded(context)) {
      return;
    }
    Caller caller = caller(context).orElseThrow(() -> Caller.nobody(context));
    Caller.set(context, caller);
    if (!READS.contains(context.method())) {
      checkWrite(context, caller);
    }
  }

  private boolean isGuarded(Context context) {
    String path = context.path();
    return path.equals(MetricsPart.PATH)
        ? front.isRemote(context)
        : (path + "/").startsWith("/api/") && !AccountPart.OPEN.contains(path);
  }

  private Optional<Caller> caller(Context context) {
    String authorization = context.header("Authorization");
    if (authorization != null) {
      return Optional.of(Caller.of(tokensAccount(context, authorization), Caller.Method.TOKEN));
    }
    return cookie
        .read(context)
        .flatMap(sessions::use)
        .map(session -> Caller.of(session.account(), Caller.Method.SESSION));
  }

  private Account tokensAccount(Context context, String authorization) {
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      throw Caller.nobody(context);
    }
    return tokens
        .use(Secret.of(authorization.substring(BEARER.length()).strip()))
        .orElseThrow(
            () ->
                Refusal.of(
                    HttpStatus.UNAUTHORIZED,
                    "the token is unknown, revoked or too old: make another"));
  }

  private void checkWrite(Context context, Caller caller) {
    if (caller.method() == Caller.Method.SESSION && !"1".equals(context.header(HEADER))) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN, HEADER + " is missing: a browser's writes carry " + HEADER + ": 1");
    }
    if (!AccountPart.isOwn(context.path())) {
      Caller.of(context, Role.REVIEWER); // whoever only looks changes nothing
    }
    writes
        .take(caller.name())
        .ifPresent(
            wait -> {
              throw Refusal.tooMany("this is too much at once: slow down", wait);
            });
  }
}
