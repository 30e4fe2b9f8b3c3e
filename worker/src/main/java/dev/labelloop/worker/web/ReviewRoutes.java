package dev.labelloop.worker.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses, headers and statuses; what lies behind them is {@link ReviewDesk}'s. */
final class ReviewRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ReviewRoutes.class);

  /** Some 100,000 boxes. */
  static final int MAX_BODY = 10_000_000;

  private static final String BATCH = "/api/batches/{campaign}/{round}/{batch}";
  private static final String IMAGE = "/api/review/{campaign}/{round}/{batch}/{image}";
  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,9})\"");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private final ReviewDesk desk;
  private final ImageFiles files;
  private final BatchCompleter completer;

  ReviewRoutes(ReviewDesk desk, ImageFiles files, BatchCompleter completer) {
    this.desk = desk;
    this.files = files;
    this.completer = completer;
  }

  void addTo(RoutesConfig routes) {
    guard(routes);
    routes.get("/api/batches", c -> json(c, desk.open(campaign(c, c.queryParam("campaign")))));
    routes.get(BATCH, c -> json(c, desk.batch(batch(c))));
    routes.post(BATCH + "/complete", this::complete);
    routes.get("/api/review/next", this::next);
    routes.get(IMAGE, c -> review(c, desk.image(batch(c), image(c))));
    routes.put(IMAGE, this::answer);
    routes.get("/api/images/{campaign}/{image}", this::file);
    routes.get(
        "/api/campaigns/{campaign}",
        c -> json(c, desk.status(campaign(c, c.pathParam("campaign")))));
  }

  /** Keeps foreign pages out, and says what went wrong. */
  static void guard(RoutesConfig routes) {
    routes.before(ReviewRoutes::protect);
    routes.before(new LocalOnly());
    routes.exception(Refusal.class, (e, c) -> json(c.status(e.status()), e.fault()));
    routes.exception(
        HttpResponseException.class,
        (e, c) ->
            json(c.status(e.getStatus()), new Views.Fault(String.valueOf(e.getMessage()), null)));
    routes.exception(
        Exception.class,
        (e, c) -> {
          LOG.error("{} {} failed", c.method(), c.path(), e);
          json(
              c.status(HttpStatus.INTERNAL_SERVER_ERROR),
              new Views.Fault("this failed here, the log says why: try again", null));
        });
  }

  private static void protect(Context context) {
    context
        .header("X-Content-Type-Options", "nosniff")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Content-Security-Policy", "sandbox; default-src 'none'")
        .header("Cache-Control", "no-store");
  }

  private void next(Context context) {
    desk.next(campaign(context, context.queryParam("campaign")))
        .ifPresentOrElse(
            view -> review(context, view), () -> context.status(HttpStatus.NO_CONTENT));
  }

  private static void review(Context context, Views.ReviewView view) {
    json(context.header("ETag", etag(view.version())), view);
  }

  private void answer(Context context) {
    BatchId batch = batch(context);
    ImageId image = image(context);
    int expected = expected(context.header("If-Match"));
    Views.Stored stored = desk.put(batch, image, expected, body(context));
    completer.lookAt(batch);
    json(context.header("ETag", etag(stored.version())), stored);
  }

  private void complete(Context context) {
    Views.Completed completed = desk.complete(batch(context));
    json(context.status(completed.closed() ? HttpStatus.OK : HttpStatus.ACCEPTED), completed);
  }

  private void file(Context context) {
    byte[] bytes = files.bytes(campaign(context, context.pathParam("campaign")), image(context));
    context
        .header("Content-Security-Policy", "sandbox")
        .header("Cache-Control", "private, max-age=31536000, immutable") // the id is the content
        .contentType(ImageFiles.mediaType(bytes))
        .result(bytes);
  }

  private static int expected(@Nullable String ifMatch) {
    if (ifMatch == null) {
      throw Refusal.of(
          HttpStatus.PRECONDITION_REQUIRED,
          "If-Match is missing: send the ETag of what the person saw, \"0\" for no answer yet");
    }
    Matcher etag = ETAG.matcher(ifMatch);
    if (!etag.matches()) {
      throw Refusal.badRequest(
          "If-Match = " + ifMatch + ": send the version in quotes, such as \"0\"");
    }
    return Integer.parseInt(etag.group(1));
  }

  private static String etag(int version) {
    return "\"" + version + "\"";
  }

  private static byte[] body(Context context) {
    String type = context.contentType();
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw Refusal.of(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type = " + type + ": send application/json");
    }
    try (InputStream in = context.req().getInputStream()) {
      byte[] body = in.readNBytes(MAX_BODY + 1);
      if (body.length > MAX_BODY) {
        throw Refusal.of(
            HttpStatus.CONTENT_TOO_LARGE, "the body is above " + MAX_BODY + " bytes: send less");
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException("the body broke off", e);
    }
  }

  private static CampaignName campaign(Context context, @Nullable String name) {
    if (name == null) {
      throw Refusal.badRequest("campaign is missing: ask " + context.path() + "?campaign=NAME");
    }
    return parsed(name, CampaignName::new);
  }

  private static BatchId batch(Context context) {
    String id =
        String.join(
            "/",
            context.pathParam("campaign"),
            context.pathParam("round"),
            context.pathParam("batch"));
    return parsed(
        id,
        value -> {
          BatchId read = new BatchId(value);
          return read.round().batch(read.index()); // r007 is r7
        });
  }

  private static ImageId image(Context context) {
    return parsed(context.pathParam("image"), ImageId::new);
  }

  private static <T> T parsed(String value, Function<String, T> type) {
    try {
      return type.apply(value);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(String.valueOf(e.getMessage()));
    }
  }

  private static void json(Context context, Object view) {
    try {
      context.contentType("application/json").result(JSON.writeValueAsBytes(view));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + view, e);
    }
  }
}
