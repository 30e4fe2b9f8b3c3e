package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.review.AdjudicationRepository;
import dev.labelloop.activities.review.AdjudicationRepository.Disagreement;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository;
import dev.labelloop.activities.review.AnswerRepository.Put;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.activities.review.ShownBoxes;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Json;
import dev.labelloop.worker.web.Part;
import dev.labelloop.worker.web.Refusal;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.UUID;

/** Where somebody decides what people do not agree on. */
public final class AdjudicationPart implements Part {
  /** A screen or two; the rest moves up as these are decided. */
  private static final int MOST = 100;

  private static final List<String> FIELDS = List.of("submissionId", "outcome", "boxes", "seconds");

  private final ReviewDesk desk;
  private final AdjudicationRepository adjudication;
  private final AnswerRepository answers;
  private final BatchCompleter completer;

  /**
   * The part.
   *
   * @param completer told of each decision; not closed with this
   */
  public AdjudicationPart(
      ReviewDesk desk,
      AdjudicationRepository adjudication,
      AnswerRepository answers,
      BatchCompleter completer) {
    this.desk = desk;
    this.adjudication = adjudication;
    this.answers = answers;
    this.completer = completer;
  }

  @Override
  public void addTo(RoutesConfig routes) {
    routes.get("/api/campaigns/{campaign}/adjudication", this::waiting);
    routes.put("/api/adjudication/{campaign}/{round}/{batch}/{image}", this::decide);
  }

  private void waiting(Context context) {
    Caller.of(context, Role.OPERATOR);
    CampaignName campaign = Paths.campaign(context);
    List<String> classes = desk.spec(campaign).classes();
    Json.answer(
        context,
        new Views.Adjudication(
            adjudication.waiting(campaign, MOST).stream()
                .map(item -> view(item, classes))
                .toList()));
  }

  private Views.AdjudicationItem view(Disagreement item, List<String> classes) {
    ReviewBatch.Item shown = desk.item(item.batch(), item.image());
    return Views.AdjudicationItem.of(shown, item, classes);
  }

  private void decide(Context context) {
    Caller caller = Caller.of(context, Role.OPERATOR);
    BatchId batch = Paths.batch(context);
    ImageId image = Paths.image(context);
    ReviewBatch.Item item = desk.item(batch, image);
    List<String> classes = desk.spec(batch.round().campaign()).classes();
    Answer answer = read(Json.body(context), item, classes, caller);
    Put put = answers.decide(batch.round(), answer);
    switch (put.verdict()) {
      case STORED, REPEATED -> {
        completer.wake();
        Json.answer(
            context,
            new Views.Stored(
                Views.key(batch, image),
                put.version(),
                put.verdict() == AnswerRepository.Verdict.REPEATED));
      }
      case REUSED ->
          throw Refusal.badRequest(
              "submissionId = "
                  + answer.submissionId()
                  + ": it was used for another image, make a new one for each decision");
      case CLOSED ->
          throw Refusal.of(
              HttpStatus.CONFLICT, "batch " + batch + " is closed: it takes no decisions");
      case UNKNOWN -> throw Refusal.notFound("there is no image " + image + " in " + batch);
      case CONFLICT, TAKEN ->
          throw new IllegalStateException("a decision asks for no version and no seat: " + put);
    }
  }

  private static Answer read(
      byte[] body, ReviewBatch.Item item, List<String> classes, Caller caller) {
    JsonNode root = Fields.object(body, FIELDS);
    UUID submission =
        Fields.uuid(
            root, "submissionId", "make a UUID for each decision and keep it when resending");
    ReviewOutcome outcome = AnswerReader.outcome(root);
    List<LabelledBox> boxes = new BoxReader(item.image(), classes).boxes(root, outcome);
    ReviewWork work =
        outcome == ReviewOutcome.SKIPPED
            ? new ReviewWork(0, 0, 0, 0, 0)
            : ShownBoxes.compare(item.proposals(), boxes);
    return new Answer(
        item.image().id(),
        submission,
        outcome,
        boxes,
        item.asked().ignoring(boxes),
        caller.name(),
        null,
        Fields.isAbsent(root, "seconds") ? 0 : Fields.seconds(root),
        work.kept(),
        work.touched());
  }
}
