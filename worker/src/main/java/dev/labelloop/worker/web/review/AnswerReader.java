package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.AnswerRepository.Submission;
import dev.labelloop.activities.review.BoxQueries.Label;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.activities.review.ShownBoxes;
import dev.labelloop.activities.review.Timing;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.worker.web.Caller;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.UUID;

/** Reads a person's answer from JSON. */
final class AnswerReader {
  private static final double MILLIS = 1000;

  private static final List<String> FIELDS =
      List.of(
          "submissionId",
          "outcome",
          "boxes",
          "queries",
          "reviewer",
          "seconds",
          "timing",
          "reason",
          "kept",
          "touched");

  private final ReviewBatch.Item item;
  private final List<String> classes;
  private final Caller caller;

  /**
   * @param item what the person saw
   * @param classes of the campaign
   * @param caller who sends it
   */
  AnswerReader(ReviewBatch.Item item, List<String> classes, Caller caller) {
    this.item = item;
    this.classes = classes;
    this.caller = caller;
  }

  /**
   * The answer in a request's body.
   *
   * @param expected the version that the person saw
   * @throws Refusal at the first fault
   */
  Submission read(byte[] body, int expected) {
    JsonNode root = Fields.object(body, FIELDS);
    UUID submission =
        Fields.uuid(root, "submissionId", "make a UUID for each answer and keep it when resending");
    ReviewOutcome outcome = outcome(root);
    boolean queried = !item.asked().queries().isEmpty();
    if (!queried && !Fields.isAbsent(root, "queries")) {
      throw Fields.fault("queries", root.path("queries"), "the whole image was asked about");
    }
    Label label =
        queried
            ? new QueryReader(item, classes).read(root, outcome)
            : whole(root, outcome, new BoxReader(item.image(), classes).boxes(root, outcome));
    String reviewer = reviewer(root);
    Timing timing = TimingReader.read(root);
    int shown = item.proposals().size();
    Answer answer =
        new Answer(
            item.image().id(),
            submission,
            queried ? outcome(outcome, label) : outcome,
            label.boxes(),
            label.ignore(),
            reviewer,
            Fields.text(root, "reason"),
            timing == null ? Fields.seconds(root) : timing.workedMs() / MILLIS,
            count(root, "kept", label.kept(), shown),
            count(root, "touched", label.touched(), shown + label.boxes().size()));
    return new Submission(answer, timing, caller.name(), expected);
  }

  /**
   * An overlooked object that is confirmed is a correction of the label, though of no box shown.
   */
  private static ReviewOutcome outcome(ReviewOutcome said, Label label) {
    return said == ReviewOutcome.SKIPPED
        ? said
        : label.changed() ? ReviewOutcome.CORRECTED : ReviewOutcome.ACCEPTED;
  }

  private Label whole(JsonNode root, ReviewOutcome outcome, List<LabelledBox> drawn) {
    ReviewWork work =
        outcome == ReviewOutcome.SKIPPED
            ? new ReviewWork(0, 0, 0, 0, 0)
            : ShownBoxes.compare(item.proposals(), drawn);
    if (outcome == ReviewOutcome.ACCEPTED && work.touched() > 0) {
      throw Fields.fault(
          "outcome",
          root.path("outcome"),
          "the boxes are not those that were shown, say CORRECTED");
    }
    return new Label(drawn, List.of(), work.touched() > 0, work.kept(), work.touched());
  }

  static ReviewOutcome outcome(JsonNode root) {
    return Fields.constant(
        root, "", "outcome", ReviewOutcome.values(), "use ACCEPTED, CORRECTED or SKIPPED");
  }

  /** Whoever sends it, unless a program speaks for others. */
  private String reviewer(JsonNode root) {
    String reviewer = Fields.text(root, "reviewer");
    if (reviewer == null) {
      return caller.name();
    }
    if (reviewer.isBlank()) {
      throw Fields.fault("reviewer", root.path("reviewer"), "say who answers");
    }
    if (!reviewer.equals(caller.name()) && !caller.role().covers(Role.OPERATOR)) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN,
          "reviewer = \""
              + reviewer
              + "\": only an OPERATOR answers for others, leave it out to answer as "
              + caller.name());
    }
    return reviewer;
  }

  /** What a client counted itself; no more than what was shown and sent. */
  private static int count(JsonNode root, String field, int computed, int most) {
    return Fields.isAbsent(root, field) ? computed : (int) Fields.whole(root, "", field, most);
  }
}
