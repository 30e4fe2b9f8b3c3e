package dev.labelloop.worker.web;

import dev.labelloop.worker.BadInputException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.RoutesConfig;
import io.javalin.util.JavalinBindException;
import java.util.function.Consumer;

/** HTTP servers that only this machine reaches. */
final class Loopback {
  private static final String HOST = "127.0.0.1";

  private Loopback() {}

  /**
   * Starts one.
   *
   * @param port 0 chooses a free one
   * @param option by which people name the port
   * @throws BadInputException if the port is in use
   */
  static Javalin start(int port, String option, Consumer<RoutesConfig> routes) {
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.http.prefer405over404 = true;
              config.http.compressionStrategy = CompressionStrategy.NONE; // it is one machine
              routes.accept(config.routes);
            });
    try {
      return javalin.start(HOST, port);
    } catch (JavalinBindException e) {
      throw new BadInputException(
          "port " + port + " is in use: give another with " + option + ", or 0 for a free one");
    }
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  static String url(Javalin javalin) {
    return "http://" + HOST + ":" + javalin.port();
  }
}
