package dev.labelloop.worker.web;

import io.javalin.config.RoutesConfig;

/** A part of what is served: addresses, and what happens there. */
public interface Part extends AutoCloseable {
  void addTo(RoutesConfig routes);

  /** The server is about to stop: ends answers that would go on for as long as somebody listens. */
  default void stopping() {}

  /** Ends what goes on behind the addresses; no request comes any more. */
  @Override
  default void close() {}
}
