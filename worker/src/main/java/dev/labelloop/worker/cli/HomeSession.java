package dev.labelloop.worker.cli;

import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.Logging;
import dev.labelloop.worker.StopSignal;
import dev.labelloop.worker.Wiring;
import dev.labelloop.worker.embedded.EmbeddedStack;
import dev.labelloop.worker.web.MetricsPart;
import dev.labelloop.worker.web.WebServer;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A home that is up: its servers, its log file and the reviewers' interface. When the process is
 * asked to end, its servers wait until the session is closed.
 */
final class HomeSession implements AutoCloseable {
  private final StopSignal stop = new StopSignal();
  private final EmbeddedStack stack;
  private final Wiring wiring;
  private final WebServer web;

  private HomeSession(EmbeddedStack stack, int port) {
    this.stack = stack;
    stack.beforeStopping(stop::requestAndAwait);
    wiring = new Wiring(stack.endpoints(), stack.home().folder());
    try {
      web = wiring.startWebServer(port);
    } catch (RuntimeException e) {
      wiring.close();
      throw e;
    }
  }

  /** Brings a home up. */
  static HomeSession open(HomeOptions options, PrintWriter err) {
    int port = options.port(); // a mistake in it is told before anything starts
    EmbeddedStack stack =
        EmbeddedStack.start(options.home(), options.external(), options.ports(), err::println);
    try {
      Logging.into(stack.home().logs().resolve("labelloop.log"));
      HomeSession session = new HomeSession(stack, port);
      Endpoints endpoints = stack.endpoints();
      err.println(
          "Temporal answers at "
              + endpoints.temporal()
              + ", its namespace is "
              + endpoints.namespace());
      err.println("reviewers answer at " + session.web.url());
      err.println("metrics are at " + session.web.url() + MetricsPart.PATH);
      return session;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  StopSignal stop() {
    return stop;
  }

  Wiring wiring() {
    return wiring;
  }

  Path home() {
    return stack.home().folder();
  }

  Endpoints endpoints() {
    return stack.endpoints();
  }

  /** Address of the reviewers' interface. */
  String reviewUrl() {
    return web.url();
  }

  /** Address of the Temporal Web UI, if it is known. */
  @Nullable String temporalUi() {
    return stack.endpoints().temporalUi();
  }

  @Override
  public void close() {
    try {
      web.close();
      wiring.close();
      stack.close();
    } finally {
      stop.putAway();
    }
  }
}
