package dev.labelloop.worker.web.account;

import static dev.labelloop.worker.web.account.Lobby.PASSWORD;
import static dev.labelloop.worker.web.account.Lobby.PUBLIC;
import static dev.labelloop.worker.web.account.Lobby.error;
import static dev.labelloop.worker.web.account.Lobby.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.account.Role;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.WebServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server for this machine alone, and one that people reach through a proxy. */
@ExtendWith(Lobby.Shared.class)
class FrontTest {
  private final Lobby lobby;

  FrontTest(Lobby lobby) {
    this.lobby = lobby;
  }

  /** The whole answer to a login as it comes from a proxy; Java's client writes Host itself. */
  private String login(String name, String... headers) throws IOException {
    String body = "{\"name\": \"" + name + "\", \"password\": \"" + PASSWORD + "\"}";
    URI server = URI.create(lobby.server.url());
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket
          .getOutputStream()
          .write(
              ("POST /api/login HTTP/1.1\r\n"
                      + String.join("\r\n", headers)
                      + "\r\nContent-Type: application/json\r\nContent-Length: "
                      + body.length()
                      + "\r\nConnection: close\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void keepsCookiesToTlsWherePeopleComeByIt() throws Exception {
    lobby.person("front-ann", Role.REVIEWER);

    String answer = login("front-ann", "Host: Labels.Example.org", "Origin: " + PUBLIC);

    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .containsPattern("Set-Cookie: labelloop-session=[^\r]*; Secure")
        .contains("Strict-Transport-Security: max-age=");
  }

  @Test
  void takesNothingUnderAnotherNameOrFromAnotherPage() throws Exception {
    lobby.person("front-bob", Role.REVIEWER);

    assertThat(login("front-bob", "Host: labels.example.org.evil.example"))
        .startsWith("HTTP/1.1 421")
        .contains("use " + PUBLIC);
    assertThat(login("front-bob", "Host: labels.example.org", "Origin: http://labels.example.org"))
        .startsWith("HTTP/1.1 403");
    assertThat(login("front-bob", "Host: labels.example.org", "Sec-Fetch-Site: cross-site"))
        .startsWith("HTTP/1.1 403");
  }

  @Test
  void sendsLinksToTheServerItselfWhereThereIsNoProxy() throws Exception {
    try (WebServer local = lobby.another(Front.LOCAL)) {
      Browser root =
          new Browser(local.url()).with("Authorization", "Bearer " + lobby.token("root"));
      lobby.person("front-cid", Role.REVIEWER);

      assertThat(json(200, root.post("/api/accounts/front-cid/link")).get("link").asText())
          .startsWith(local.url() + "/login#link=");
      error(403, root.with("Origin", PUBLIC).post("/api/accounts/front-cid/link"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "labels.example.org",
        "ftp://labels.example.org",
        "https://",
        "https://a.example/path",
        "https://user@a.example",
        "https://a.example?x",
        "https://a.example#x",
        "https:// a",
        ""
      })
  void refusesWhatIsNoAddress(String url) {
    assertThatThrownBy(() -> Front.behind(url, "--public-url"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("--public-url " + url + " is no address: give https://NAME");
  }

  @Test
  void writesAnAddressAsBrowsersDo() {
    assertThat(Front.behind("https://a.example:443/", "--x").url(""))
        .isEqualTo("https://a.example");
    assertThat(Front.behind("https://A.example:8443", "--x").url(""))
        .isEqualTo("https://a.example:8443");
    assertThat(Front.LOCAL.url("http://127.0.0.1:1")).isEqualTo("http://127.0.0.1:1");
  }
}
