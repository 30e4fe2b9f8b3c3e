package dev.labelloop.worker.web;

import dev.labelloop.worker.BadInputException;
import io.javalin.Javalin;
import java.util.List;

/** Serves parts over HTTP on this machine, until it is closed. */
public final class WebServer implements AutoCloseable {
  private final Javalin javalin;
  private final List<Part> parts;

  private WebServer(Javalin javalin, List<Part> parts) {
    this.javalin = javalin;
    this.parts = parts;
  }

  /** As the other, for this machine alone. */
  public static WebServer start(int port, String option, List<Part> parts) {
    return start(port, option, Front.LOCAL, parts);
  }

  /**
   * Starts to listen on loopback. Without a part that lets people in, everybody may do everything.
   *
   * @param port 0 chooses a free one
   * @param option by which people name the port
   * @param front how people reach it
   * @param parts to serve; closed with the server
   * @throws BadInputException if the port is in use
   */
  public static WebServer start(int port, String option, Front front, List<Part> parts) {
    try {
      Javalin javalin =
          Loopback.start(
              port,
              option,
              routes -> {
                Guard.addTo(routes, front);
                parts.forEach(part -> part.addTo(routes));
              });
      return new WebServer(javalin, parts);
    } catch (BadInputException e) {
      parts.forEach(Part::close);
      throw e;
    }
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  public String url() {
    return Loopback.url(javalin);
  }

  @Override
  public void close() {
    parts.forEach(Part::stopping);
    javalin.stop();
    parts.forEach(Part::close);
  }
}
