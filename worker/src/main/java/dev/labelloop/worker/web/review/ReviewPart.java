package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.UUID;
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

  /**
   * The part.
   *
   * @param completer told of each answer; closed with this
   */
  public ReviewPart(ReviewDesk desk, BatchCompleter completer) {
    this.desk = desk;
    this.completer = completer;
  }

  @Override
  public void close() {
    completer.close();
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/batches", this::batches);
    routes.get(BATCH, this::batch);
    routes.post(BATCH + "/complete", this::complete);
    routes.post(BATCH + "/reassign", this::reassign);
    routes.get("/api/review/next", this::peek);
    routes.post("/api/review/next", this::next);
    routes.get(IMAGE, c -> review(c, desk.image(Paths.batch(c), Paths.image(c), Caller.of(c))));
    routes.put(IMAGE, this::answer);
    routes.post(IMAGE + "/lease", this::beat);
    routes.delete(IMAGE + "/lease", this::release);
  }

  /** Not for reviewers: what is in no batch is a known answer. */
  private void batches(Context context) {
    Caller.of(context, Role.OPERATOR);
    Json.answer(context, desk.open(Paths.campaign(context, context.queryParam("campaign"))));
  }

  private void batch(Context context) {
    Caller.of(context, Role.OPERATOR);
    Json.answer(context, desk.batch(Paths.batch(context)));
  }

  /** Not for reviewers: it passes over known answers. */
  private void peek(Context context) {
    Caller.of(context, Role.OPERATOR);
    desk.next(Paths.campaign(context, context.queryParam("campaign")), Caller.of(context))
        .ifPresentOrElse(
            view -> review(context, view), () -> context.status(HttpStatus.NO_CONTENT));
  }

  private void next(Context context) {
    Caller caller = Caller.of(context, Role.REVIEWER);
    Json.answer(context, desk.lease(NextReader.read(Json.body(context)), caller));
  }

  private void beat(Context context) {
    Caller caller = Caller.of(context, Role.REVIEWER);
    JsonNode body = Fields.object(Json.body(context), List.of("lease"));
    UUID lease = Fields.uuid(body, "lease", "send the id of the lease that came with the image");
    Json.answer(context, desk.beat(Paths.batch(context), Paths.image(context), lease, caller));
  }

  private void release(Context context) {
    desk.release(Paths.batch(context), Paths.image(context), Caller.of(context, Role.REVIEWER));
    context.status(HttpStatus.NO_CONTENT);
  }

  private void reassign(Context context) {
    Caller.of(context, Role.OPERATOR);
    JsonNode body = Fields.object(Json.body(context), List.of("from"));
    String from = Fields.text(body, "from");
    if (from == null) {
      throw Fields.fault("from", body.path("from"), "say whose images others are to get");
    }
    Json.answer(context, desk.reassign(Paths.batch(context), from));
  }

  private static void review(Context context, Views.ReviewView view) {
    Json.answer(context.header("ETag", etag(view.version())), view);
  }

  private void answer(Context context) {
    BatchId batch = Paths.batch(context);
    ImageId image = Paths.image(context);
    int expected = expected(context.header("If-Match"));
    Caller caller = Caller.of(context, Role.REVIEWER);
    Views.Stored stored = desk.put(batch, image, expected, Json.body(context), caller);
    completer.wake();
    Json.answer(context.header("ETag", etag(stored.version())), stored);
  }

  /** Images without an answer fall out of the round: no reviewer's to say. */
  private void complete(Context context) {
    Caller.of(context, Role.OPERATOR);
    Views.Completed completed = desk.complete(Paths.batch(context));
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
}
