package dev.labelloop.worker.web;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses what other web sites make a reviewer's browser send: requests under a foreign host name
 * that was bound to this machine (DNS rebinding), and writes that begin on a foreign page. The
 * server listens on loopback alone, but every page in every browser here reaches that.
 */
final class LocalOnly implements Handler {
  private static final List<String> NAMES = List.of("127.0.0.1", "localhost", "[::1]");
  private static final Set<HandlerType> READS =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  @Override
  public void handle(Context context) {
    int port = context.req().getLocalPort();
    String host = context.header("Host");
    if (host == null || !isOurs(host, port)) {
      throw Refusal.of(
          HttpStatus.MISDIRECTED_REQUEST, "Host = " + host + ": use http://127.0.0.1:" + port);
    }
    if (!READS.contains(context.method())) {
      refuseForeignPages(context, port);
    }
  }

  private static void refuseForeignPages(Context context, int port) {
    String origin = context.header("Origin");
    if (origin != null
        && !(origin.startsWith("http://") && isOurs(origin.substring("http://".length()), port))) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN, "Origin = " + origin + ": other sites cannot answer here");
    }
    String site = context.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN, "Sec-Fetch-Site = " + site + ": other sites cannot answer here");
    }
  }

  private static boolean isOurs(String host, int port) {
    String lower = host.toLowerCase(Locale.ROOT);
    return NAMES.stream().anyMatch(name -> lower.equals(name + ":" + port));
  }
}
