package dev.labelloop.worker.web;

import dev.labelloop.worker.BadInputException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.util.JavalinBindException;

/** Serves reviewers over HTTP on this machine, until it is closed. */
public final class ReviewServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

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
  public static ReviewServer start(ReviewDesk desk, ImageFiles files, int port) {
    BatchCompleter completer = desk.completer();
    ReviewRoutes routes = new ReviewRoutes(desk, files, completer);
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.http.prefer405over404 = true;
              config.http.compressionStrategy = CompressionStrategy.NONE; // it is one machine
              routes.addTo(config.routes);
            });
    try {
      javalin.start(HOST, port);
    } catch (JavalinBindException e) {
      completer.close();
      throw new BadInputException(
          "port " + port + " is in use: give another with --port, or 0 for a free one");
    }
    return new ReviewServer(javalin, completer);
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  public String url() {
    return "http://" + HOST + ":" + javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
    completer.close();
  }
}
