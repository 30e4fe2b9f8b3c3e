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

  static void addTo(RoutesConfig routes) {
    routes.before(Guard::protect);
    routes.before(new LocalOnly());
    routes.exception(Refusal.class, (e, c) -> Json.answer(c.status(e.status()), e.fault()));
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

  private static void protect(Context context) {
    context
        .header("X-Content-Type-Options", "nosniff")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("Cache-Control", "no-store");
  }
}
