package dev.labelloop.worker.web;

import io.javalin.config.RoutesConfig;

/** A part of what is served: addresses, and what happens there. */
public interface Part extends AutoCloseable {
  void addTo(RoutesConfig routes);

  /** Ends what goes on behind the addresses. */
  @Override
  default void close() {}
}
