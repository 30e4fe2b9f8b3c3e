package dev.labelloop.worker.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.account.Role;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Somebody who has signed in, and speaks to the server without a browser. */
final class Person {
  private static final ObjectMapper JSON = new ObjectMapper();

  final String name;
  private final String url;
  private final String session;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * @param session the cookie, name and value
   */
  private Person(String name, String url, String session) {
    this.name = name;
    this.url = url;
    this.session = session;
  }

  /** Of the cookie that this person is known by. */
  String cookieName() {
    return session.substring(0, session.indexOf('='));
  }

  String cookieValue() {
    return session.substring(session.indexOf('=') + 1);
  }

  /** What the server says. */
  record Said(int status, JsonNode body) {
    /** The body, if the request succeeded. */
    JsonNode ok() {
      if (status / 100 != 2) {
        throw new AssertionError(status + " " + body);
      }
      return body;
    }
  }

  /** Whoever opens this link: {@code http://host:port/login#link=…}. */
  static Person opening(String link) {
    String url = link.substring(0, link.indexOf("/login"));
    String token = link.substring(link.indexOf("#link=") + "#link=".length());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/api/link"))
            .header("Content-Type", "application/json")
            .header("X-LabelLoop", "1")
            .POST(BodyPublishers.ofString(body(Map.of("link", token))))
            .build();
    try {
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      JsonNode who = said(response).ok();
      String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
      return new Person(who.get("name").asText(), url, cookie.split(";", 2)[0]);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw stopped(e);
    }
  }

  /** Makes an account; whoever opens the link is in it. This takes an ADMIN. */
  String invite(String account, Role role) {
    post("/api/accounts", Map.of("name", account, "display", account, "role", role)).ok();
    return post("/api/accounts/" + account + "/link", Map.of()).ok().get("link").asText();
  }

  Said get(String path) {
    return send("GET", path, BodyPublishers.noBody(), Map.of());
  }

  Said post(String path, Object body) {
    return send("POST", path, BodyPublishers.ofString(body(body)), Map.of());
  }

  /** An answer to what the person saw in this version. */
  Said put(String key, int version, Object body) {
    return send("PUT", "/api/review/" + key, BodyPublishers.ofString(body(body)), ifMatch(version));
  }

  Said delete(String path) {
    return send("DELETE", path, BodyPublishers.noBody(), Map.of());
  }

  /**
   * Sends an answer, or the first bytes of it, and hangs up without listening.
   *
   * @param share of the request that is sent, in [0, 1]
   */
  void putAndHangUp(String key, int version, Object body, double share) {
    byte[] content = body(body).getBytes(StandardCharsets.UTF_8);
    URI target = URI.create(url);
    String head =
        """
        PUT /api/review/%s HTTP/1.1\r
        Host: %s:%d\r
        Content-Type: application/json\r
        Content-Length: %d\r
        X-LabelLoop: 1\r
        Cookie: %s\r
        If-Match: "%d"\r
        \r
        """
            .formatted(key, target.getHost(), target.getPort(), content.length, session, version);
    byte[] request = (head + body(body)).getBytes(StandardCharsets.UTF_8);
    try (Socket socket = new Socket(target.getHost(), target.getPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(request, 0, (int) Math.round(request.length * share));
      out.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> ifMatch(int version) {
    return Map.of("If-Match", "\"" + version + "\"");
  }

  private Said send(String method, String path, BodyPublisher body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .header("X-LabelLoop", "1")
            .header("Cookie", session)
            .method(method, body);
    headers.forEach(request::header);
    try {
      return said(client.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new AssertionError(method + " " + path + " got no answer", e);
    } catch (InterruptedException e) {
      throw stopped(e);
    }
  }

  private static AssertionError stopped(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new AssertionError(e);
  }

  private static Said said(HttpResponse<String> response) throws IOException {
    return new Said(response.statusCode(), JSON.readTree(response.body()));
  }

  private static String body(Object body) {
    return JSON.valueToTree(body).toString();
  }
}
