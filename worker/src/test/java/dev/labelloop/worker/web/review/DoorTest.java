package dev.labelloop.worker.web.review;

import static dev.labelloop.worker.web.review.Bodies.CAR;
import static dev.labelloop.worker.web.review.Bodies.answer;
import static dev.labelloop.worker.web.review.Bodies.error;
import static dev.labelloop.worker.web.review.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.labelloop.core.BatchId;
import dev.labelloop.worker.BadInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

/** Whom the server answers: programs and pages of this machine. */
@ExtendWith(Desk.Shared.class)
class DoorTest {
  private final Desk desk;

  DoorTest(Desk desk) {
    this.desk = desk;
  }

  @Test
  void answersOnlyUnderNamesOfThisMachine() throws Exception {
    desk.campaign("host");
    int port = URI.create(desk.server.url()).getPort();

    assertThat(statusLine("evil.example:" + port)).contains("421");
    assertThat(statusLine("127.0.0.1")).contains("421");
    assertThat(statusLine("127.0.0.1:" + (port - 1))).contains("421");
    assertThat(statusLine("localhost:" + port)).contains("200");
    assertThat(statusLine("[::1]:" + port)).contains("200");
  }

  @Test
  void takesNoWriteFromAForeignPage() throws Exception {
    desk.campaign("origin");

    error(403, complete("Origin", "https://evil.example"));
    error(403, complete("Origin", "null"));
    error(403, complete("Sec-Fetch-Site", "cross-site"));
    json(200, complete("Origin", desk.server.url(), "Sec-Fetch-Site", "same-origin"));
    desk.door.awaitCompleted(new BatchId("origin/r1/b0"));
  }

  private HttpResponse<String> complete(String... headers) throws Exception {
    return desk.send(
        desk.request("/api/batches/origin/r1/b0/complete")
            .headers(headers)
            .POST(BodyPublishers.noBody()));
  }

  @Test
  void aBodyThatBreaksOffIsTheClientsFault() throws Exception {
    String key = "broken/r1/b0/" + desk.campaign("broken").get(0);
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    heard.start();
    Logger logger = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    logger.addAppender(heard);
    try {
      URI server = URI.create(desk.server.url());
      try (Socket socket = new Socket(server.getHost(), server.getPort())) {
        socket
            .getOutputStream()
            .write(begun(key, server.getPort()).getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 400")
            .endsWith("{\"error\":\"the body broke off: send it whole\"}");
      }
      try (Socket socket = new Socket(server.getHost(), server.getPort())) {
        socket.setSoLinger(true, 0); // hangs up, and hears nothing more
        socket
            .getOutputStream()
            .write(begun(key, server.getPort()).getBytes(StandardCharsets.US_ASCII));
      }
      json(200, desk.put(key, 0, answer("CORRECTED", CAR))); // the server has seen both by now
    } finally {
      logger.detachAppender(heard);
    }

    assertThat(List.copyOf(heard.list)).noneMatch(e -> e.getLevel().isGreaterOrEqual(Level.WARN));
  }

  private static String begun(String key, int port) {
    return """
        PUT /api/review/%s HTTP/1.1\r
        Host: localhost:%d\r
        Content-Type: application/json\r
        Content-Length: 99\r
        If-Match: "0"\r
        Connection: close\r
        \r
        {"""
        .formatted(key, port);
  }

  @Test
  void namesAPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> desk.another(taken.getLocalPort()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " is in use");
    }
  }

  /** Java's client writes the Host header itself, so this one goes by hand. */
  private String statusLine(String host) throws IOException {
    URI server = URI.create(desk.server.url());
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("GET /api/batches?campaign=host HTTP/1.1\r\nHost: "
                      + host
                      + "\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(0, answer.indexOf('\r'));
    }
  }
}
