package dev.labelloop.worker.cli;

import dev.labelloop.activities.account.Secret;
import dev.labelloop.worker.Endpoints;
import dev.labelloop.worker.Logging;
import dev.labelloop.worker.StopSignal;
import dev.labelloop.worker.WebAddress;
import dev.labelloop.worker.Wiring;
import dev.labelloop.worker.embedded.EmbeddedStack;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.MetricsPart;
import dev.labelloop.worker.web.WebServer;
import dev.labelloop.worker.web.account.FirstAccess;
import dev.labelloop.worker.web.account.ProviderSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
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
  private final WebAddress address;

  private HomeSession(
      EmbeddedStack stack, int port, Front front, @Nullable ProviderSettings provider) {
    this.stack = stack;
    stack.beforeStopping(stop::requestAndAwait);
    address = new WebAddress(stack.home().folder());
    wiring = new Wiring(stack.endpoints(), stack.home().folder());
    try {
      web = wiring.startWebServer(port, front, provider);
    } catch (RuntimeException e) {
      wiring.close();
      throw e;
    }
  }

  /** Brings a home up. */
  static HomeSession open(HomeOptions options, PrintWriter err) {
    return open(options, null, err);
  }

  /**
   * As the other.
   *
   * @param provider that vouches for people; null: there is none
   */
  static HomeSession open(
      HomeOptions options, @Nullable ProviderSettings provider, PrintWriter err) {
    int port = options.port(); // a mistake in it is told before anything starts
    Front front = options.front();
    EmbeddedStack stack =
        EmbeddedStack.start(options.home(), options.external(), options.ports(), err::println);
    HomeSession session;
    try {
      Logging.into(stack.home().logs().resolve("labelloop.log"));
      session = new HomeSession(stack, port, front, provider);
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
    try {
      session.tellWhereItIs(front, err);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  private void tellWhereItIs(Front front, PrintWriter err) {
    Endpoints endpoints = stack.endpoints();
    err.println(
        "Temporal answers at "
            + endpoints.temporal()
            + ", its namespace is "
            + endpoints.namespace());
    address.tell(front.url(web.url()));
    tellHowToGetIn(front.url(web.url()), err);
    err.println("reviewers answer at " + web.url());
    err.println("metrics are at " + web.url() + MetricsPart.PATH);
  }

  /** The link is for whoever started this: it is on no other page and in no log. */
  private void tellHowToGetIn(String url, PrintWriter err) {
    FirstAccess access = wiring.firstAccess();
    Optional<Secret> link = access.prepare() ? access.link() : Optional.empty();
    if (link.isEmpty()) {
      err.println(
          "account " + FirstAccess.NAME + " is no active ADMIN: log in at " + url + "/login");
      return;
    }
    err.println("scripts find a token in " + access.token(home()));
    err.println("log in, once within a day, at " + FirstAccess.address(url, link.get()));
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
      address.takeBack();
      wiring.close();
      stack.close();
    } finally {
      stop.putAway();
    }
  }
}
