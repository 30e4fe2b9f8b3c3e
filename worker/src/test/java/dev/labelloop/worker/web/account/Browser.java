package dev.labelloop.worker.web.account;

import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client that keeps the session's cookie, and sends what our own pages send. Each comes from an
 * address of its own, or what one does to its address would lock out the others.
 */
final class Browser {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final AtomicInteger MADE = new AtomicInteger();

  private final String server;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private @Nullable String cookie;

  Browser(String server) {
    this.server = server;
    headers.put("X-LabelLoop", "1");
    headers.put("X-Forwarded-For", "2001:db8::" + Integer.toHexString(MADE.incrementAndGet()));
  }

  /** From now on it sends this header too. */
  Browser with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  /** From now on it does not send this header. */
  Browser without(String header) {
    headers.remove(header);
    return this;
  }

  /** The session's secret; null where none is kept. */
  @Nullable String cookie() {
    return cookie;
  }

  /** From now on it sends this secret. */
  Browser withCookie(@Nullable String secret) {
    cookie = secret;
    return this;
  }

  HttpResponse<String> login(String name, String password) throws Exception {
    return post("/api/login", "{\"name\": \"%s\", \"password\": \"%s\"}".formatted(name, password));
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, null);
  }

  HttpResponse<String> post(String path) throws Exception {
    return send("POST", path, null);
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send("POST", path, body);
  }

  HttpResponse<String> patch(String path, String body) throws Exception {
    return send("PATCH", path, body);
  }

  HttpResponse<String> delete(String path) throws Exception {
    return send("DELETE", path, null);
  }

  private HttpResponse<String> send(String method, String path, @Nullable String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    if (cookie != null) {
      request.header("Cookie", SessionCookie.NAME + "=" + cookie);
    }
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    keep(response);
    return response;
  }

  private void keep(HttpResponse<String> response) {
    List<String> sent = response.headers().allValues("Set-Cookie");
    for (String header : sent) {
      for (HttpCookie set : HttpCookie.parse(header)) {
        cookie = set.getMaxAge() == 0 ? null : set.getValue();
      }
    }
  }
}
