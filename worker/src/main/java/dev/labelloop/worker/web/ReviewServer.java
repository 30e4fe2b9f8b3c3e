package dev.labelloop.worker.web;

import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.metrics.Metrics;
import io.javalin.Javalin;

/** Serves reviewers, and the metrics, over HTTP on this machine, until it is closed. */
public final class ReviewServer implements AutoCloseable {
  private final Javalin javalin;
  private final BatchCompleter completer;

  private ReviewServer(Javalin javalin, BatchCompleter completer) {
    this.javalin = javalin;
    this.completer = completer;
  }

  /**
   * Starts to listen on loopback.
   *
   * @param port 0 chooses a free one
   * @throws BadInputException if the port is in use
   */
  public static ReviewServer start(ReviewDesk desk, ImageFiles files, Metrics metrics, int port) {
    BatchCompleter completer = desk.completer();
    ReviewRoutes reviews = new ReviewRoutes(desk, files, completer);
    try {
      Javalin javalin =
          Loopback.start(
              port,
              "--port",
              routes -> {
                reviews.addTo(routes);
                MetricsServer.addTo(routes, metrics);
              });
      return new ReviewServer(javalin, completer);
    } catch (BadInputException e) {
      completer.close();
      throw e;
    }
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  public String url() {
    return Loopback.url(javalin);
  }

  /** Such as {@code http://127.0.0.1:8080/metrics}. */
  public String metricsUrl() {
    return url() + MetricsServer.PATH;
  }

  @Override
  public void close() {
    javalin.stop();
    completer.close();
  }
}
