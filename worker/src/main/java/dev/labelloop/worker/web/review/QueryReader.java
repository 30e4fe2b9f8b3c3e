package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.review.BoxQueries;
import dev.labelloop.activities.review.BoxQueries.Ask;
import dev.labelloop.activities.review.BoxQueries.BoxQuery;
import dev.labelloop.activities.review.BoxQueries.Label;
import dev.labelloop.activities.review.BoxQueries.Verdict;
import dev.labelloop.activities.review.BoxQueries.Verdict.Kind;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what a person says of the single boxes that were asked about. */
final class QueryReader {
  private static final String FIELD = "queries";
  private static final List<String> FIELDS =
      List.of("box", "verdict", "x", "y", "width", "height", "class");

  /** Pages compute with rounded numbers. */
  private static final double SLACK = 1;

  private final BoxQueries asked;
  private final BoxReader boxes;

  QueryReader(ReviewBatch.Item item, List<String> classes) {
    this.asked = item.asked();
    this.boxes = new BoxReader(item.image(), classes);
  }

  /** The label that a person's verdicts make; empty and as it was when skipped. */
  Label read(JsonNode root, ReviewOutcome outcome) {
    JsonNode list = root.path(FIELD);
    if (outcome == ReviewOutcome.SKIPPED) {
      if (!list.isMissingNode() && !list.isEmpty()) {
        throw Fields.fault(FIELD, list, "a skipped image has no verdicts, send []");
      }
      return new Label(List.of(), List.of(), false, 0, 0);
    }
    if (!Fields.isAbsent(root, "boxes")) {
      throw Fields.fault(
          "boxes", root.path("boxes"), "single boxes were asked about, send queries alone");
    }
    if (!list.isArray()) {
      throw Fields.fault(FIELD, list, "send a list with a verdict on each box asked about");
    }
    Map<Integer, Verdict> verdicts = new TreeMap<>();
    for (int i = 0; i < list.size(); i++) {
      String where = FIELD + "[" + i + "]";
      BoxQuery query = query(list.get(i), where);
      if (verdicts.put(query.box(), verdict(list.get(i), where, query)) != null) {
        throw Fields.fault(where + ".box", list.get(i).path("box"), "say one verdict on each box");
      }
    }
    return label(list, outcome, verdicts);
  }

  private Label label(JsonNode list, ReviewOutcome outcome, Map<Integer, Verdict> verdicts) {
    if (verdicts.size() < asked.queries().size()) {
      throw Fields.fault(
          FIELD,
          list,
          "say a verdict on each of the " + asked.queries().size() + " boxes asked about");
    }
    Label label =
        asked.label(asked.queries().stream().map(query -> verdicts.get(query.box())).toList());
    if (outcome == ReviewOutcome.ACCEPTED && label.touched() > 0) {
      throw Fields.fault(FIELD, list, "not every verdict is CORRECT, the outcome is CORRECTED");
    }
    return label;
  }

  private BoxQuery query(JsonNode said, String where) {
    if (!said.isObject()) {
      throw Fields.fault(where, said, "send {box, verdict}, and the box where it is FIXED");
    }
    Fields.known(said, where + ".", FIELDS);
    long box = Fields.whole(said, where + ".", "box", Integer.MAX_VALUE);
    return asked.queries().stream()
        .filter(query -> query.box() == box)
        .findFirst()
        .orElseThrow(
            () -> Fields.fault(where + ".box", said.path("box"), "this box was not asked about"));
  }

  private Verdict verdict(JsonNode said, String where, BoxQuery query) {
    Kind kind =
        Fields.constant(
            said, where + ".", "verdict", Kind.values(), "use CORRECT, FIXED or NOT_OBJECT");
    return new Verdict(
        kind,
        switch (kind) {
          case CORRECT -> asked.shown(query.box());
          case FIXED -> fixed(said, where, query);
          case NOT_OBJECT -> null;
        });
  }

  /** What is certain of a box stays as it was shown. */
  private @Nullable LabelledBox fixed(JsonNode said, String where, BoxQuery query) {
    LabelledBox fixed = boxes.label(said, where);
    LabelledBox shown = asked.shown(query.box());
    if (!query.ask().contains(Ask.CLASS) && fixed.classIndex() != shown.classIndex()) {
      throw Fields.fault(
          where + ".class", said.path("class"), "the class was not asked about, leave it");
    }
    if (query.ask().contains(Ask.GEOMETRY)) {
      return fixed;
    }
    if (!near(fixed.box(), shown.box())) {
      throw Fields.fault(where, said, "the place was not asked about, leave it");
    }
    return new LabelledBox(shown.box(), fixed.classIndex());
  }

  private static boolean near(Box one, Box other) {
    return Math.abs(one.x() - other.x()) <= SLACK
        && Math.abs(one.y() - other.y()) <= SLACK
        && Math.abs(one.x() + one.width() - other.x() - other.width()) <= SLACK
        && Math.abs(one.y() + one.height() - other.y() - other.height()) <= SLACK;
  }
}
