package dev.labelloop.worker.web.review;

import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses, headers and statuses; what lies behind them is {@link ReviewDesk}'s. */
public final class ReviewPart implements Part {
  private static final String BATCH = "/api/batches/{campaign}/{round}/{batch}";
  private static final String IMAGE = "/api/review/{campaign}/{round}/{batch}/{image}";
  private static final Pattern ETAG = Pattern.compile("\"(\\d{1,9})\"");

  private final ReviewDesk desk;
  private final BatchCompleter completer;

  public ReviewPart(ReviewDesk desk) {
    this.desk = desk;
    completer = desk.completer();
  }

  @Override
  public void close() {
    completer.close();
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(
        "/api/batches", c -> Json.answer(c, desk.open(campaign(c, c.queryParam("campaign")))));
    routes.get(BATCH, c -> Json.answer(c, desk.batch(batch(c))));
    routes.post(BATCH + "/complete", this::complete);
    routes.get("/api/review/next", this::next);
    routes.get(IMAGE, c -> review(c, desk.image(batch(c), image(c))));
    routes.put(IMAGE, this::answer);
  }

  private void next(Context context) {
    desk.next(campaign(context, context.queryParam("campaign")))
        .ifPresentOrElse(
            view -> review(context, view), () -> context.status(HttpStatus.NO_CONTENT));
  }

  private static void review(Context context, Views.ReviewView view) {
    Json.answer(context.header("ETag", etag(view.version())), view);
  }

  private void answer(Context context) {
    BatchId batch = batch(context);
    ImageId image = image(context);
    int expected = expected(context.header("If-Match"));
    Views.Stored stored = desk.put(batch, image, expected, Json.body(context));
    completer.lookAt(batch);
    Json.answer(context.header("ETag", etag(stored.version())), stored);
  }

  private void complete(Context context) {
    Views.Completed completed = desk.complete(batch(context));
    Json.answer(
        context.status(completed.closed() ? HttpStatus.OK : HttpStatus.ACCEPTED), completed);
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
}
