package dev.labelloop.worker.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps foreign pages out, and says what went wrong. */
final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private Guard() {}

  /**
   * @param front how people reach the server
   */
  static void addTo(RoutesConfig routes, Front front) {
    routes.before(context -> protect(context, front));
    routes.before(new LocalOnly(front));
    routes.exception(Refusal.class, (e, c) -> refuse(c, e));
    routes.exception(
        HttpResponseException.class,
        (e, c) ->
            Json.answer(
                c.status(e.getStatus()), new Refusal.Fault(String.valueOf(e.getMessage()), null)));
    routes.exception(
        Exception.class,
        (e, c) -> {
          LOG.error("{} {} failed", c.method(), c.path(), e);
          Json.answer(
              c.status(HttpStatus.INTERNAL_SERVER_ERROR),
              new Refusal.Fault("this failed here, the log says why: try again", null));
        });
  }

  private static void refuse(Context context, Refusal refusal) {
    refusal
        .retryAfter()
        .ifPresent(
            wait -> context.header("Retry-After", Long.toString(Refusal.wholeSeconds(wait))));
    Json.answer(context.status(refusal.status()), refusal.fault());
  }

  private static void protect(Context context, Front front) {
    context
        .header("X-Content-Type-Options", "nosniff")
        .header("X-Frame-Options", "DENY")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("Referrer-Policy", "no-referrer")
        .header("Cache-Control", "no-store");
    if (front.isSecure(context)) {
      context.header("Strict-Transport-Security", "max-age=31536000");
    }
  }
}
