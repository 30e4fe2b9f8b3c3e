package dev.labelloop.worker.web.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.dataset.CampaignRepository;
import dev.labelloop.activities.review.quality.CheckRepository;
import dev.labelloop.activities.review.quality.CheckRepository.Check;
import dev.labelloop.activities.review.quality.CheckRepository.Decision;
import dev.labelloop.activities.review.quality.Quality;
import dev.labelloop.activities.review.quality.StandingRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import dev.labelloop.worker.web.review.Fields;
import dev.labelloop.worker.web.review.Paths;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is known of people's work, who is paused, and second looks. */
public final class QualityPart implements Part {
  private static final String CAMPAIGN = "/api/campaigns/{campaign}";
  private static final String PERSON = CAMPAIGN + "/people/{person}";

  /** More than a person answers in a week. */
  private static final int MOST_ASKED = 10_000;

  private static final int MOST_BOXES = 100_000;

  private static final List<String> DECISION =
      List.of("submissionId", "verdict", "comment", "boxes", "seconds");

  private final CampaignRepository campaigns;
  private final Quality quality;
  private final StandingRepository standings;
  private final CheckRepository checks;
  private final Pauses pauses;

  public QualityPart(
      CampaignRepository campaigns,
      Quality quality,
      StandingRepository standings,
      CheckRepository checks) {
    this.campaigns = campaigns;
    this.quality = quality;
    this.standings = standings;
    this.checks = checks;
    this.pauses = new Pauses(standings);
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get(CAMPAIGN + "/quality", this::report);
    routes.post(PERSON + "/pause", this::pause);
    routes.post(PERSON + "/resume", this::resume);
    routes.post(PERSON + "/check", this::ask);
    routes.post("/api/checks/next", this::next);
    routes.put("/api/checks/{campaign}/{round}/{batch}/{image}", this::decide);
  }

  private void report(Context context) {
    Caller.of(context, Role.OPERATOR);
    CampaignSpec spec = spec(Paths.campaign(context));
    Json.answer(context, QualityView.of(quality.report(spec), spec));
  }

  /** Whether a person is paused now, and whether this request did it. */
  record Changed(String name, boolean paused, boolean changed) {}

  private void pause(Context context) {
    Caller caller = Caller.of(context, Role.OPERATOR);
    CampaignName campaign = spec(Paths.campaign(context)).name();
    JsonNode body = Fields.object(Json.body(context), List.of("reason"));
    String reason = Fields.text(body, "reason");
    if (reason == null || reason.isBlank()) {
      throw Fields.fault("reason", body.path("reason"), "say why, the person will read it");
    }
    set(context, campaign, true, reason, caller);
  }

  private void resume(Context context) {
    Caller caller = Caller.of(context, Role.OPERATOR);
    CampaignName campaign = spec(Paths.campaign(context)).name();
    set(context, campaign, false, "let in again by " + caller.name(), caller);
  }

  private void set(
      Context context, CampaignName campaign, boolean paused, String reason, Caller caller) {
    String person = person(context);
    boolean changed = standings.set(campaign, person, paused, reason, caller.name());
    Json.answer(context, new Changed(person, paused, changed));
  }

  /** How many answers others will look at. */
  record Asked(String name, int answers) {}

  private void ask(Context context) {
    Caller caller = Caller.of(context, Role.OPERATOR);
    CampaignName campaign = spec(Paths.campaign(context)).name();
    JsonNode body = Fields.object(Json.body(context), List.of("images"));
    int most =
        Fields.isAbsent(body, "images")
            ? MOST_ASKED
            : (int) Fields.whole(body, "", "images", MOST_ASKED);
    String person = person(context);
    Json.answer(context, new Asked(person, checks.request(campaign, person, most, caller.name())));
  }

  /** What there is to look at; null if nothing is. */
  record NextView(@Nullable CheckView check, @Nullable String reason) {}

  /** An answer of somebody else. */
  record CheckView(
      String key,
      ImageId image,
      String file,
      int width,
      int height,
      List<String> classes,
      String reviewer,
      ReviewOutcome outcome,
      List<BoxView> boxes,
      boolean random) {
    private static CheckView of(Check check, List<String> classes) {
      ImageId image = check.image().id();
      return new CheckView(
          check.batch() + "/" + image,
          image,
          "/api/images/" + check.batch().round().campaign() + "/" + image,
          check.image().width(),
          check.image().height(),
          classes,
          check.reviewer(),
          check.outcome(),
          check.boxes().stream().map(box -> BoxView.of(box, classes)).toList(),
          check.random());
    }
  }

  /** A box of an answer. */
  record BoxView(
      double x, double y, double width, double height, @JsonProperty("class") String className) {
    private static BoxView of(LabelledBox label, List<String> classes) {
      var box = label.box();
      return new BoxView(
          box.x(), box.y(), box.width(), box.height(), classes.get(label.classIndex()));
    }
  }

  private void next(Context context) {
    Caller caller = Caller.of(context, Role.REVIEWER);
    JsonNode body = Fields.object(Json.body(context), List.of("campaign"));
    CampaignSpec spec = spec(campaign(body));
    String refusal = pauses.refusal(spec.name(), caller.name()).orElse(null);
    CheckView check =
        refusal == null
            ? checks
                .next(spec, caller.name())
                .map(found -> CheckView.of(found, spec.classes()))
                .orElse(null)
            : null;
    Json.answer(context, new NextView(check, refusal));
  }

  /** What a person may say of an answer. */
  private enum Verdict {
    ACCEPTED,
    RETURNED
  }

  /**
   * A second look.
   *
   * @param reopened whether the image is with its reviewer again
   */
  record Decided(String key, Verdict verdict, boolean reopened, boolean repeated) {}

  private void decide(Context context) {
    Caller caller = Caller.of(context, Role.REVIEWER);
    BatchId batch = Paths.batch(context);
    ImageId image = Paths.image(context);
    spec(batch.round().campaign());
    JsonNode body = Fields.object(Json.body(context), DECISION);
    Verdict verdict =
        Fields.constant(body, "", "verdict", Verdict.values(), "use ACCEPTED or RETURNED");
    Decision decision = decision(body, verdict);
    String key = batch + "/" + image;
    Optional<Boolean> reopened =
        checks.repeated(batch.round(), image, caller.name(), decision.submissionId());
    if (reopened.isPresent()) {
      Json.answer(context, new Decided(key, verdict, reopened.get(), true));
      return;
    }
    pauses
        .refusal(batch.round().campaign(), caller.name())
        .ifPresent(
            reason -> {
              throw Refusal.of(HttpStatus.CONFLICT, reason);
            });
    Decided decided =
        switch (checks.decide(batch.round(), image, caller.name(), decision)) {
          case STORED -> new Decided(key, verdict, false, false);
          case REOPENED -> new Decided(key, verdict, true, false);
          case REPEATED -> new Decided(key, verdict, false, true);
          case REUSED ->
              throw Refusal.badRequest(
                  "submissionId = "
                      + decision.submissionId()
                      + ": it was used before, make a new one for each look");
          case NOT_HELD ->
              throw Refusal.of(
                  HttpStatus.CONFLICT,
                  key + " is not before you: ask POST /api/checks/next for what is");
          case CHANGED ->
              throw Refusal.of(
                  HttpStatus.CONFLICT,
                  key + " has another answer now: ask POST /api/checks/next for the next one");
          case NO_SUCH_BOX ->
              throw Fields.fault(
                  "boxes", body.path("boxes"), "the answer has no such box, places begin at 0");
        };
    Json.answer(context, decided);
  }

  private static Decision decision(JsonNode body, Verdict verdict) {
    UUID submission =
        Fields.uuid(body, "submissionId", "make a UUID for each look and keep it when resending");
    String comment = Fields.text(body, "comment");
    if (verdict == Verdict.RETURNED && (comment == null || comment.isBlank())) {
      throw Fields.fault("comment", body.path("comment"), "say what to do better");
    }
    Double seconds = Fields.isAbsent(body, "seconds") ? null : Fields.seconds(body);
    return new Decision(
        submission, verdict == Verdict.ACCEPTED, comment, places(body.path("boxes")), seconds);
  }

  private static List<Integer> places(JsonNode list) {
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    if (!list.isArray() || list.size() > MOST_BOXES) {
      throw Fields.fault("boxes", list, "send the places of wrong boxes, from 0");
    }
    List<Integer> places = new ArrayList<>();
    for (JsonNode place : list) {
      if (!place.isInt() || place.intValue() < 0) {
        throw Fields.fault("boxes", list, "send the places of wrong boxes, from 0");
      }
      places.add(place.intValue());
    }
    return places;
  }

  private static CampaignName campaign(JsonNode body) {
    try {
      return new CampaignName(body.path("campaign").asText());
    } catch (IllegalArgumentException e) {
      throw Fields.fault("campaign", body.path("campaign"), "give the name of a campaign");
    }
  }

  private static String person(Context context) {
    return context.pathParam("person");
  }

  private CampaignSpec spec(CampaignName campaign) {
    return campaigns
        .find(campaign)
        .orElseThrow(() -> Refusal.notFound("there is no campaign '" + campaign + "' here"));
  }
}
