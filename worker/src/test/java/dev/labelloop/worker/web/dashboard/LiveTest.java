package dev.labelloop.worker.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.campaign.HealthNote;
import dev.labelloop.core.CampaignName;
import dev.labelloop.worker.client.RunningWork;
import dev.labelloop.worker.web.WebServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Server-sent events, as a browser reads them. */
@ExtendWith(Board.Shared.class)
@Timeout(60)
class LiveTest {
  private final Board board;

  LiveTest(Board board) {
    this.board = board;
  }

  @Test
  void tellsWhereACampaignIsAtOnceAndWheneverItChanges() throws Exception {
    board.stored.campaign("live");
    HttpResponse<InputStream> response =
        board.get("/api/campaigns/live/events", BodyHandlers.ofInputStream());

    try (BufferedReader events = reader(response)) {
      JsonNode first = next(events, "status");
      board.control.answered.put("live", 2);
      JsonNode second = next(events, "status");

      assertThat(response.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("text/event-stream");
      assertThat(first.get("review").get("answered").asInt()).isZero();
      assertThat(second.get("review").get("answered").asInt()).isEqualTo(2);
    }
  }

  @Test
  void saysThatNobodyCanTell() throws Exception {
    board.stored.campaign("deaf-live");

    try (BufferedReader events =
        reader(board.get("/api/campaigns/deaf-live/events", BodyHandlers.ofInputStream()))) {
      assertThat(next(events, "trouble").get("error").asText()).contains("does not answer");
    }
  }

  @Test
  void looksOnceForAllWhoListen() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    try (LiveCampaigns live =
        new LiveCampaigns(
            Duration.ofMillis(20),
            name -> {
              looks.incrementAndGet();
              return view(name, 0);
            })) {
      List<Listener> listeners = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        listeners.add(live.listen(new CampaignName("many")));
      }
      Thread.sleep(400);

      assertThat(looks.get()).isBetween(2, 21); // not fifty times as many
      listeners.forEach(live::leave);
      Thread.sleep(100);
      int then = looks.get();
      Thread.sleep(100);
      assertThat(looks).hasValue(then); // nobody listens, nobody looks
      assertThat(live.listening()).isZero();
    }
  }

  @Test
  void dropsAListenerThatDoesNotReadAndNobodyElse() throws Exception {
    AtomicInteger news = new AtomicInteger();
    try (LiveCampaigns live =
        new LiveCampaigns(Duration.ofMillis(5), name -> view(name, news.incrementAndGet()))) {
      CampaignName campaign = new CampaignName("slow");
      Listener deaf = live.listen(campaign);
      Listener good = live.listen(campaign);
      List<byte[]> read = new ArrayList<>();
      Thread reader = new Thread(() -> drain(good, read));
      reader.start();
      for (int i = 0; i < 1000 && live.listening() > 1; i++) {
        Thread.sleep(5);
      }

      assertThat(live.listening()).isEqualTo(1);
      List<byte[]> kept = new ArrayList<>();
      drain(deaf, kept); // is over at once
      assertThat(kept).isEmpty();
      int before = news.get();
      Thread.sleep(100);
      assertThat(news.get()).isGreaterThan(before); // the other is told as before
      live.leave(good);
      reader.join();
      assertThat(read).hasSizeGreaterThan(8);
    }
  }

  @Test
  void tellsTheLastBeforeItEnds() throws Exception {
    AtomicInteger news = new AtomicInteger(1);
    LiveCampaigns live = new LiveCampaigns(Duration.ofHours(1), name -> view(name, news.get()));
    Listener listener = live.listen(new CampaignName("last"));
    List<byte[]> read = Collections.synchronizedList(new ArrayList<>());
    Thread reader = new Thread(() -> drain(listener, read));
    reader.start();
    while (read.isEmpty()) {
      Thread.sleep(5);
    }
    news.set(2);
    live.close();
    reader.join();

    assertThat(read).hasSize(2);
    assertThat(new String(read.get(1), StandardCharsets.UTF_8)).contains("\"round\":2");
    assertThat(live.listening()).isZero();
  }

  @Test
  void endsWithTheServer() throws Exception {
    board.stored.campaign("ending");
    WebServer server = board.another();
    HttpResponse<InputStream> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.url() + "/api/campaigns/ending/events"))
                    .build(),
                BodyHandlers.ofInputStream());
    try (BufferedReader events = reader(response)) {
      next(events, "status");
      long start = System.nanoTime();
      server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      assertThat(isOver(events)).isTrue();
    }
  }

  private static boolean isOver(BufferedReader events) {
    try {
      while (events.readLine() != null) {
        // what was on its way
      }
    } catch (IOException e) {
      return true; // cut off, which a browser takes as an end too
    }
    return true;
  }

  private static void drain(Listener listener, List<byte[]> into) {
    try {
      listener.writeTo(
          new OutputStream() {
            @Override
            public void write(int b) {}

            @Override
            public void write(byte[] bytes) {
              into.add(bytes);
            }
          });
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static StatusView view(CampaignName name, int news) {
    return new StatusView(
        name.value(),
        "RUNNING",
        null,
        news,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        HealthNote.OK,
        null,
        null,
        List.of(),
        RunningWork.NONE,
        null);
  }

  private static BufferedReader reader(HttpResponse<InputStream> response) {
    return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  /** The data of the next event, which is of this name. */
  private static JsonNode next(BufferedReader events, String name) throws IOException {
    String line = events.readLine();
    while (line.isEmpty() || line.startsWith(":")) {
      line = events.readLine();
    }
    assertThat(line).isEqualTo("event: " + name);
    String data = events.readLine();
    assertThat(data).startsWith("data: ");
    return Board.JSON.readTree(data.substring("data: ".length()));
  }
}
