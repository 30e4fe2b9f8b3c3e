package dev.labelloop.worker.web.review;

import dev.labelloop.activities.storage.Folders;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.review.ReviewProgress;
import dev.labelloop.worker.BadInputException;
import dev.labelloop.worker.StoredCampaigns;
import dev.labelloop.worker.metrics.Metrics;
import dev.labelloop.worker.web.MetricsPart;
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
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/** A server for reviewers over {@link StoredCampaigns}, and a client of it. */
final class Desk implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Path folder = Files.createTempDirectory("desk");
  private final StoredCampaigns stored;
  private final Metrics metrics = new Metrics();

  final Door door = new Door();
  final WebServer server;

  private Desk() throws IOException {
    stored = new StoredCampaigns(folder.resolve("images"));
    server = another(0);
  }

  /** One more server over the same database. */
  WebServer another(int port) {
    ReviewDesk desk =
        new ReviewDesk(
            stored.campaigns,
            stored.contents,
            stored.batches,
            stored.answers,
            stored.leases,
            door,
            Admission.EVERYBODY,
            Interleaved.NOTHING);
    BatchCompleter completer =
        new BatchCompleter(stored.batches, stored.answers, stored.outbox, door);
    return WebServer.start(
        port,
        "--port",
        List.of(
            new ReviewPart(desk, completer),
            new AdjudicationPart(desk, stored.adjudication, stored.answers, completer),
            new ImagePart(stored.files()),
            new MetricsPart(metrics)));
  }

  /** A campaign; returns its images in the order in which people see them. */
  List<ImageId> campaign(String name) throws IOException {
    return stored.campaign(name);
  }

  /** As the other, where several people answer, or single boxes are asked about. */
  List<ImageId> campaign(String name, int overlap, CampaignSpec.Asking ask) throws IOException {
    return stored.campaign(name, overlap, ask);
  }

  /** Somebody takes the next image of a campaign. */
  void hold(String campaign, String person) {
    stored.leases.next(new CampaignName(campaign), person, List.of(), 1);
  }

  void close(BatchId batch) {
    stored.answers.close(batch);
  }

  void remove(String file) throws IOException {
    stored.remove(file);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return send(request, BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler) throws Exception {
    return CLIENT.send(request.build(), handler);
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  HttpResponse<String> post(String path) throws Exception {
    return send(request(path).POST(BodyPublishers.noBody()));
  }

  HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> put(String path, String json) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json)));
  }

  /** An answer to what the person saw in this version. */
  HttpResponse<String> put(String key, int version, String body) throws Exception {
    return send(
        request("/api/review/" + key)
            .header("Content-Type", "application/json")
            .header("If-Match", "\"" + version + "\"")
            .PUT(BodyPublishers.ofString(body)));
  }

  @Override
  public void close() throws IOException {
    server.close();
    metrics.close();
    stored.close();
    Folders.delete(folder);
  }

  /** Gives all tests of a process one desk; each names its campaigns for itself. */
  static final class Shared extends TypeBasedParameterResolver<Desk> {
    @Override
    public Desk resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Desk.class))
          .getOrComputeIfAbsent(Desk.class);
    }
  }

  /** Campaigns that note which batches people are done with. */
  static final class Door implements CampaignDoor {
    final BlockingQueue<BatchId> completed = new LinkedBlockingQueue<>();
    final BlockingQueue<BatchId> lost = new LinkedBlockingQueue<>();

    /** The server does not answer. */
    volatile boolean loses;

    /** Waits until the word of a batch has come; those of other tests may come before. */
    void awaitCompleted(BatchId batch) throws InterruptedException {
      BatchId told;
      do {
        told = completed.poll(30, TimeUnit.SECONDS);
        if (told == null) {
          throw new AssertionError("no word of " + batch + " within 30 s");
        }
      } while (!told.equals(batch));
    }

    @Override
    public Optional<ReviewProgress> completeReview(BatchId batch) {
      String campaign = batch.round().campaign().value();
      if (campaign.startsWith("gone")) {
        throw new BadInputException("campaign '" + campaign + "' is not running here");
      }
      if (campaign.startsWith("asleep")) {
        return Optional.empty();
      }
      if (loses) {
        lost.add(batch);
        throw new IllegalStateException("no server answers");
      }
      completed.add(batch);
      return Optional.of(new ReviewProgress(2, 1, 3, 2));
    }
  }
}
