package dev.labelloop.worker.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import dev.labelloop.activities.account.AccountStores;
import dev.labelloop.activities.account.Passwords;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.evaluation.gate.MapInterval;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.jdbc.Database;
import dev.labelloop.activities.storage.FileCache;
import dev.labelloop.activities.storage.Folders;
import dev.labelloop.activities.storage.ScaledImages;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.worker.WebParts;
import dev.labelloop.worker.web.Front;
import dev.labelloop.worker.web.WebServer;
import dev.labelloop.worker.web.account.FirstAccess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.support.TypeBasedParameterResolver;

/**
 * All that people see: the real server over a PostgreSQL of its own, campaigns of drawn pictures,
 * and a browser. Only the campaigns behind it are made up ({@link FakeDoor}).
 */
final class Studio implements AutoCloseable {
  static final ModelId MODEL = new ModelId(Sha256.hex(new byte[] {1}));

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Rounds of bcrypt, as a power of two: the least there is. */
  private static final int CHEAP = 4;

  private static final long CACHE_BYTES = 100_000_000;

  private final Path folder = Files.createTempDirectory("studio");
  private final EmbeddedPostgres postgres = EmbeddedPostgres.builder().start();
  private final Database database = new Database(postgres.getJdbcUrl("postgres", "postgres"));

  private final AccountStores accounts = AccountStores.on(database);

  final FakeDoor door = new FakeDoor();
  private WebServer server;
  private final Publisher publisher = new Publisher(database, folder);
  private Person admin;
  private TestBrowser browser;

  Studio() throws IOException {
    server = serve(0);
  }

  private WebServer serve(int port) {
    ImageDecoder decoder = new ImageDecoder();
    ScaledImages scaled =
        new ScaledImages(new FileCache(folder.resolve("cache"), CACHE_BYTES), decoder);
    WebParts parts = new WebParts(database, decoder, scaled, door, door, new Passwords(CHEAP));
    return WebServer.start(port, "--port", parts.all(Front.LOCAL, null));
  }

  /** A link for whoever comes first, as it is printed when a server starts. */
  String firstLink() {
    FirstAccess first = new FirstAccess(accounts);
    first.prepare();
    return FirstAccess.address(url(), first.link().orElseThrow());
  }

  /** Who may do everything. */
  Person admin() {
    if (admin == null) {
      admin = Person.opening(firstLink());
    }
    return admin;
  }

  /** A new account with this role, signed in. */
  Person person(String name, Role role) {
    return Person.opening(admin().invite(name, role));
  }

  /** A new account with this role, with a browser. */
  Visit visit(String name, Role role) {
    return visit(person(name, role), how -> {});
  }

  /** A person with a browser that is as they want it: size, language, colours. */
  Visit visit(Person person, Consumer<Browser.NewContextOptions> how) {
    return new Visit(browser(), url(), person, how);
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  String url() {
    return server.url();
  }

  /** Ends the server; whoever asks it is refused a connection. */
  void stop() {
    server.close();
  }

  /** Starts it anew where it was. */
  void startAgain(String url) {
    server = serve(URI.create(url).getPort());
  }

  /** The browser of this process, started when it is first needed. */
  Browser browser() {
    if (browser == null) {
      browser = TestBrowser.start();
    }
    return browser.browser;
  }

  /** Somebody who is not signed in. */
  Visit stranger() {
    return new Visit(browser(), url(), null, how -> {});
  }

  /** The stored answer to an image, once it is there. */
  JsonNode answer(String campaign, ImageId image) {
    JsonNode seen =
        Eventually.see(() -> view(campaign, image), view -> !view.get("answer").isNull());
    if (seen.get("answer").isNull()) {
      throw new AssertionError("no answer was stored: " + seen);
    }
    return seen.get("answer");
  }

  /** An image of a campaign's first batch as the server shows it to an ADMIN now. */
  JsonNode view(String campaign, ImageId image) {
    return admin().get("/api/review/" + key(campaign, image)).ok();
  }

  /** What was sent or said. */
  JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Of an image in a campaign's first batch. */
  static String key(String campaign, ImageId image) {
    return campaign + "/r1/b0/" + image;
  }

  /** Puts a campaign before people; returns its images in the order in which they see them. */
  List<ImageId> publish(Publication publication) throws IOException {
    return publisher.publish(publication);
  }

  /** The file of a published picture. */
  Path file(String campaign, String picture) {
    return folder.resolve(campaign).resolve(picture);
  }

  /** Lets a round have ended with this champion; {@code interval} is that of its mAP. */
  void end(RoundId round, ModelId champion, HoldoutScore score, MapInterval interval) {
    publisher.end(round, champion, score, interval);
  }

  @Override
  public void close() throws IOException {
    if (browser != null) {
      browser.close();
    }
    server.close();
    database.close();
    postgres.close();
    Folders.delete(folder);
  }

  /** Gives all tests of a process one studio; each names its campaigns for itself. */
  static final class Shared extends TypeBasedParameterResolver<Studio> {
    @Override
    public Studio resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context
          .getRoot()
          .getStore(ExtensionContext.Namespace.create(Studio.class))
          .getOrComputeIfAbsent(Studio.class);
    }
  }
}
