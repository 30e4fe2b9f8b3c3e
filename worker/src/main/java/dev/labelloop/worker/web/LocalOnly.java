package dev.labelloop.worker.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Set;

/**
 * Refuses what other web sites make a reviewer's browser send: requests under a foreign host name
 * that was bound to this machine (DNS rebinding), and writes that begin on a foreign page. The
 * server listens on loopback alone, but every page in every browser here reaches that.
 */
final class LocalOnly implements Handler {
  private static final Set<HandlerType> READS =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private final Front front;

  LocalOnly(Front front) {
    this.front = front;
  }

  @Override
  public void handle(Context context) {
    int port = context.req().getLocalPort();
    String host = context.header("Host");
    if (!front.isHost(host, port)) {
      throw Refusal.of(
          HttpStatus.MISDIRECTED_REQUEST,
          "Host = " + host + ": use " + front.url("http://127.0.0.1:" + port));
    }
    if (!READS.contains(context.method())) {
      refuseForeignPages(context, port);
    }
  }

  private void refuseForeignPages(Context context, int port) {
    String origin = context.header("Origin");
    if (origin != null && !front.isOrigin(origin, port)) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN, "Origin = " + origin + ": other sites cannot answer here");
    }
    String site = context.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN, "Sec-Fetch-Site = " + site + ": other sites cannot answer here");
    }
  }
}
