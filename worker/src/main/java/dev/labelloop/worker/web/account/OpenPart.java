package dev.labelloop.worker.web.account;

import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Part;
import io.javalin.config.RoutesConfig;

/** Stands in for {@link AccountPart} where everybody may do everything: pages ask who they are. */
public final class OpenPart implements Part {
  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/me", context -> Json.answer(context, Views.Me.of(Caller.of(context))));
  }
}
