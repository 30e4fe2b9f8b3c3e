package dev.labelloop.worker.web;

import dev.labelloop.worker.metrics.Metrics;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;

/** Serves metrics over HTTP on this machine, until it is closed. */
public final class MetricsServer implements AutoCloseable {
  static final String PATH = "/metrics";

  private final Javalin javalin;

  private MetricsServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts to listen on loopback.
   *
   * @param port 0 chooses a free one
   * @throws dev.labelloop.worker.BadInputException if the port is in use
   */
  public static MetricsServer start(Metrics metrics, int port) {
    return new MetricsServer(
        Loopback.start(
            port,
            "--metrics-port",
            routes -> {
              ReviewRoutes.guard(routes);
              addTo(routes, metrics);
            }));
  }

  static void addTo(RoutesConfig routes, Metrics metrics) {
    routes.get(PATH, c -> c.contentType(Metrics.MEDIA_TYPE).result(metrics.scrape()));
  }

  /** Such as {@code http://127.0.0.1:9464/metrics}. */
  public String url() {
    return Loopback.url(javalin) + PATH;
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
