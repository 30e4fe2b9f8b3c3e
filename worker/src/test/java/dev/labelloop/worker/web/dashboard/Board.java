package dev.labelloop.worker.web.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.labelloop.activities.storage.Folders;
import dev.labelloop.worker.StoredCampaigns;
import dev.labelloop.worker.web.WebServer;
import dev.labelloop.worker.web.image.ImagePart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** A dashboard's server over {@link StoredCampaigns}, and a client of it. */
public final class Board implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Path folder = Files.createTempDirectory("board");
  public final StoredCampaigns stored;
  final FakeControl control = new FakeControl();
  final BlockingQueue<String> notes = new LinkedBlockingQueue<>();
  private final WebServer server;

  private Board() throws IOException {
    stored = new StoredCampaigns(folder.resolve("images"));
    server = another();
  }

  /** One more server over the same database and campaigns. */
  WebServer another() {
    CampaignDesk desk =
        new CampaignDesk(
            stored.campaigns,
            stored.images,
            stored.reports(),
            stored.reading(),
            control,
            stored.intervals());
    return WebServer.start(
        0,
        "--port",
        List.of(
            new DashboardPart(desk),
            new LivePart(desk),
            new OrderPart(
                desk,
                control,
                stored.campaignLabels(),
                (actor, action, subject, detail) ->
                    notes.add(action + " " + subject + " " + new TreeMap<>(detail))),
            new ImagePart(stored.files())));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  public <T> HttpResponse<T> get(String path, BodyHandler<T> handler) throws Exception {
    return CLIENT.send(request(path).build(), handler);
  }

  JsonNode get(int status, String path) throws Exception {
    return json(status, get(path, BodyHandlers.ofString()));
  }

  JsonNode post(int status, String path, String body) throws Exception {
    return json(
        status,
        CLIENT.send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString()));
  }

  private static JsonNode json(int status, HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return JSON.readTree(response.body());
  }

  @Override
  public void close() throws IOException {
    server.close();
    stored.close();
    Folders.delete(folder);
  }

  /** Gives all tests of a process one board; each names its campaigns for itself. */
  public static final class Shared extends TypeBasedParameterResolver<Board> {
    @Override
    public Board resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Board.class))
          .getOrComputeIfAbsent(Board.class);
    }
  }
}
