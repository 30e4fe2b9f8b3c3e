package dev.labelloop.worker.web.account;

import static dev.labelloop.worker.web.account.Lobby.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.worker.web.WebServer;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenPartTest {
  @Test
  void takesEverybodyForAnybodyWhoMayDoEverything() throws Exception {
    try (WebServer server = WebServer.start(0, "--port", List.of(new OpenPart()))) {
      assertThat(json(200, new Browser(server.url()).get("/api/me")).toString())
          .startsWith("{\"name\":\"anybody\"")
          .contains("\"role\":\"ADMIN\"", "\"method\":\"open\"");
    }
  }
}
