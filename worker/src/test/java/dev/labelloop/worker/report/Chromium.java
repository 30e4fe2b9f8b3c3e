package dev.labelloop.worker.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/**
 * One tab of a headless Chromium, spoken to by its <a
 * href="https://chromedevtools.github.io/devtools-protocol/">DevTools protocol</a>.
 */
final class Chromium {
  private static final List<String> NAMES =
      List.of("chromium", "chromium-browser", "google-chrome");
  private static final String LISTENING = "DevTools listening on ";

  /** Generous: a start on a busy machine takes seconds. */
  private static final int PATIENCE_SECONDS = 60;

  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Process process;
  private final WebSocket socket;
  private final String session;
  private volatile CompletableFuture<Void> loaded = new CompletableFuture<>();

  private Chromium(Process process, String address) throws Exception {
    this.process = process;
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Ear())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    String target =
        ask("", "Target.createTarget", Map.of("url", "about:blank")).get("targetId").asText();
    session =
        ask("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .get("sessionId")
            .asText();
    tell("Page.enable", Map.of());
    tell("Network.enable", Map.of());
  }

  /**
   * Starts one, or skips the test, saying why, where there is none.
   *
   * @param folder for its files, removed afterwards
   */
  static Chromium start(Path folder) throws Exception {
    String named = System.getenv("CHROMIUM");
    String program = named != null ? named : installed();
    Assumptions.assumeTrue(
        program != null,
        "SKIPPED: no Chromium on this machine, the report is not looked at (CHROMIUM names one)");
    ProcessBuilder command =
        new ProcessBuilder(
            program,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--remote-debugging-port=0",
            "--user-data-dir=" + folder.resolve("profile"),
            "about:blank");
    command.environment().put("TMPDIR", folder.toString()); // it leaves a socket behind
    Process process = command.redirectErrorStream(true).start();
    BufferedReader said = process.inputReader();
    String line = said.readLine();
    while (line != null && !line.startsWith(LISTENING)) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IllegalStateException(program + " ended at once");
    }
    Thread drain = new Thread(() -> said.lines().forEach(ignored -> {}), "chromium");
    drain.setDaemon(true);
    drain.start();
    return new Chromium(process, line.substring(LISTENING.length()));
  }

  private static String installed() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(null);
  }

  /** Opens a file in a window of this width and waits until all of it is there. */
  void open(Path file, int width) throws Exception {
    resize(width);
    requests.clear();
    loaded = new CompletableFuture<>();
    tell("Page.navigate", Map.of("url", file.toUri().toString()));
    loaded.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Gives the window this width, in pixels of the page. */
  void resize(int width) throws Exception {
    tell(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Prefers {@code light} or {@code dark}. */
  void prefer(String scheme) throws Exception {
    tell(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** What has been asked for since the page was opened: the page, and data inside of it. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  /** The value of an expression in the page. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode answer =
        tell("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new IllegalStateException(answer.get("exceptionDetails").toString());
    }
    return answer.get("result").get("value");
  }

  /** A picture of a part of the page, in pixels of the page. */
  BufferedImage photograph(double x, double y, double width, double height) throws Exception {
    Map<String, Double> clip =
        Map.of("x", x, "y", y, "width", width, "height", height, "scale", 1.0);
    JsonNode answer =
        tell("Page.captureScreenshot", Map.of("clip", clip, "captureBeyondViewport", true));
    byte[] png = Base64.getDecoder().decode(answer.get("data").asText());
    return ImageIO.read(new ByteArrayInputStream(png));
  }

  private JsonNode tell(String method, Map<String, ?> parameters) throws Exception {
    return ask(session, method, parameters);
  }

  private JsonNode ask(String toSession, String method, Map<String, ?> parameters)
      throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    var message = json.createObjectNode();
    message.put("id", id).put("method", method).set("params", json.valueToTree(parameters));
    if (!toSession.isEmpty()) {
      message.put("sessionId", toSession);
    }
    socket.sendText(message.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode told = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (told.has("error")) {
      throw new IllegalStateException(method + ": " + told.get("error"));
    }
    return told.get("result");
  }

  /** Puts messages together, and hands them on. */
  private final class Ear implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        hear(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void hear(String text) {
      try {
        JsonNode heard = json.readTree(text);
        CompletableFuture<JsonNode> waiting = answers.remove(heard.path("id").asInt());
        if (waiting != null) {
          waiting.complete(heard);
        } else if (heard.path("method").asText().equals("Network.requestWillBeSent")) {
          requests.add(heard.at("/params/request/url").asText());
        } else if (heard.path("method").asText().equals("Page.loadEventFired")) {
          loaded.complete(null);
        }
      } catch (IOException e) {
        throw new IllegalStateException("not JSON: " + text, e);
      }
    }
  }

  /** Ends it and all its processes. */
  void end() throws Exception {
    socket.abort();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    for (ProcessHandle child : children) { // they write into the profile, which is removed next
      child.destroyForcibly();
      child.onExit().get(10, TimeUnit.SECONDS);
    }
  }
}
