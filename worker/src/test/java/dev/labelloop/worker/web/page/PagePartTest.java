package dev.labelloop.worker.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.worker.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Through the wire. */
class PagePartTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static WebServer server;

  @BeforeAll
  static void start() {
    server = WebServer.start(0, "--port", List.of(new PagePart()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/account", "/accounts", "/quality?campaign=street"})
  void servesPagesThatRunOnlyTheirOwnScripts(String path) throws Exception {
    HttpResponse<String> page = get(path);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualToIgnoringWhitespace("text/html;charset=utf-8");
    assertThat(header(page, "Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("style=", "<style", "onclick=", "<script>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"js/api.js", "css/base.css", "strings/common.zh.json", "icon.svg"})
  void servesWhatPagesNeedAndLetsBrowsersAskWhetherItIsStillGood(String name) throws Exception {
    HttpResponse<String> first = get("/assets/" + name);
    HttpResponse<String> again = get("/assets/" + name, "If-None-Match", header(first, "ETag"));
    HttpResponse<String> changed = get("/assets/" + name, "If-None-Match", "\"another\"");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).isNotBlank();
    assertThat(header(first, "Cache-Control")).isEqualTo("no-cache");
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(header(first, "ETag"));
    assertThat(changed.statusCode()).isEqualTo(200);
  }

  @Test
  void servesTheChartsLibrary() throws Exception {
    assertThat(get("/assets/lib/uplot.js").body()).contains("export { uPlot as default }");
    assertThat(get("/assets/lib/uplot.css").body()).contains(".uplot");
  }

  @Test
  void tellsTheHeadersAlone() throws Exception {
    HttpResponse<String> whole = get("/assets/js/api.js");
    HttpResponse<String> head =
        send(request("/assets/js/api.js").method("HEAD", HttpRequest.BodyPublishers.noBody()));

    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "ETag")).isEqualTo(header(whole, "ETag"));
    assertThat(header(head, "Content-Type")).isEqualTo(header(whole, "Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/nothing/at/all", "/..%2f..%2flogback.xml", "/.git"})
  void showsPeopleAPageWhereThereIsNothing(String path) throws Exception {
    HttpResponse<String> page = get(path, "Accept", "text/html,*/*;q=0.8");

    assertThat(page.statusCode()).isIn(400, 404);
    if (page.statusCode() == 404) {
      assertThat(header(page, "Content-Type"))
          .isEqualToIgnoringWhitespace("text/html;charset=utf-8");
      assertThat(header(page, "Content-Security-Policy")).contains("script-src 'self'");
      assertThat(page.body()).contains("There is nothing at this address");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets/nothing.js",
        "/assets/logback.xml",
        "/assets/js/../../logback.xml",
        "/assets/js/..%2f..%2f..%2f..%2f..%2flogback.xml",
        "/assets/js",
        "/assets/js/api.class",
        "/api/nothing"
      })
  void servesNothingElse(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.statusCode()).isIn(400, 404);
    assertThat(response.body()).doesNotContain("<configuration");
    assertThat(header(response, "Content-Type")).doesNotContain("html");
  }

  @Test
  void answersScriptsInJson() throws Exception {
    HttpResponse<String> response = get("/nothing");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("{\"error\":\"there is nothing at /nothing\"}");
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path).GET();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private static HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
