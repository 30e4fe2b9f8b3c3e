package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.labelloop.activities.format.BoxChecks;
import dev.labelloop.activities.format.ImageSize;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.ReviewBatch;
import dev.labelloop.activities.review.ReviewWork;
import dev.labelloop.activities.review.ShownBoxes;
import dev.labelloop.core.Box;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.worker.web.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a person's answer from JSON. The first fault ends the reading with one sentence that names
 * the field, its value and the mend.
 */
final class AnswerReader {
  /** Longer texts are a mistake of the client. */
  private static final int TEXT = 1000;

  private static final int SHOWN = 60;

  private static final List<String> FIELDS =
      List.of(
          "submissionId", "outcome", "boxes", "reviewer", "seconds", "reason", "kept", "touched");

  private static final List<String> BOX_FIELDS = List.of("x", "y", "width", "height", "class");

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // to refuse NaN by its field's name
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final ReviewBatch.Item item;
  private final List<String> classes;

  /**
   * @param item what the person saw
   * @param classes of the campaign
   */
  AnswerReader(ReviewBatch.Item item, List<String> classes) {
    this.item = item;
    this.classes = classes;
  }

  /**
   * The answer in a request's body.
   *
   * @throws Refusal at the first fault
   */
  Answer read(byte[] body) {
    JsonNode root = parse(body);
    if (!root.isObject()) {
      throw Refusal.badRequest("the body is " + kind(root) + ": send one JSON object");
    }
    known(root, "", FIELDS);
    UUID submission = submission(root);
    ReviewOutcome outcome = outcome(root);
    List<LabelledBox> boxes = boxes(root, outcome);
    ReviewWork work =
        outcome == ReviewOutcome.SKIPPED
            ? new ReviewWork(0, 0, 0, 0, 0)
            : ShownBoxes.compare(item.proposals(), boxes);
    if (outcome == ReviewOutcome.ACCEPTED && work.touched() > 0) {
      throw fault(
          "outcome",
          root.path("outcome"),
          "the boxes are not those that were shown, say CORRECTED");
    }
    String reviewer = text(root, "reviewer");
    if (reviewer == null || reviewer.isBlank()) {
      throw fault("reviewer", root.path("reviewer"), "say who answers");
    }
    double seconds = number(root, "", "seconds");
    if (seconds < 0) {
      throw fault("seconds", root.path("seconds"), "give the seconds of work, 0 or more");
    }
    return new Answer(
        item.image().id(),
        submission,
        outcome,
        boxes,
        reviewer,
        text(root, "reason"),
        seconds,
        count(root, "kept", work.kept()),
        count(root, "touched", work.touched()));
  }

  private static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw Refusal.badRequest(
          "the body is not JSON: "
              + e.getOriginalMessage()
              + (e.getLocation() == null
                  ? ""
                  : " (line "
                      + e.getLocation().getLineNr()
                      + ", column "
                      + e.getLocation().getColumnNr()
                      + ")"));
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory cannot be read", e);
    }
  }

  private static void known(JsonNode object, String where, List<String> fields) {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!fields.contains(name)) {
        throw Refusal.badRequest(
            "field '"
                + shortened(where + name)
                + "' is unknown: the fields here are "
                + String.join(", ", fields));
      }
    }
  }

  private static UUID submission(JsonNode root) {
    JsonNode value = root.path("submissionId");
    try {
      UUID id = UUID.fromString(value.asText());
      if (id.toString().equalsIgnoreCase(value.asText())) { // Java takes 1-1-1-1-1 too
        return id;
      }
    } catch (IllegalArgumentException e) {
      // said below, with the mend
    }
    throw fault("submissionId", value, "make a UUID for each answer and keep it when resending");
  }

  private static ReviewOutcome outcome(JsonNode root) {
    String value = root.path("outcome").asText();
    return Arrays.stream(ReviewOutcome.values())
        .filter(outcome -> outcome.name().equals(value))
        .findFirst()
        .orElseThrow(
            () -> fault("outcome", root.path("outcome"), "use ACCEPTED, CORRECTED or SKIPPED"));
  }

  private List<LabelledBox> boxes(JsonNode root, ReviewOutcome outcome) {
    JsonNode list = root.path("boxes");
    boolean skipped = outcome == ReviewOutcome.SKIPPED;
    if (skipped && (list.isMissingNode() || list.isEmpty())) {
      return List.of();
    }
    if (skipped) {
      throw fault("boxes", list, "a skipped image has none, send []");
    }
    if (!list.isArray()) {
      throw fault("boxes", list, "send a list with every object in the image, [] for none");
    }
    List<LabelledBox> boxes = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      boxes.add(box(list.get(i), "boxes[" + i + "]"));
    }
    return boxes;
  }

  private LabelledBox box(JsonNode box, String where) {
    if (!box.isObject()) {
      throw fault(where, box, "send {x, y, width, height, class}");
    }
    known(box, where + ".", BOX_FIELDS);
    Box drawn = area(box, where);
    JsonNode name = box.path("class");
    int classIndex = name.isTextual() ? classes.indexOf(name.textValue()) : -1;
    if (classIndex < 0) {
      throw fault(where + ".class", name, "use one of " + String.join(", ", classes));
    }
    return new LabelledBox(drawn, classIndex);
  }

  private Box area(JsonNode box, String where) {
    double x = number(box, where + ".", "x");
    double y = number(box, where + ".", "y");
    double width = number(box, where + ".", "width");
    double height = number(box, where + ".", "height");
    for (String side : List.of("width", "height")) {
      if (box.path(side).doubleValue() <= 0) {
        throw fault(where + "." + side, box.path(side), "a box has an area, leave it out if not");
      }
    }
    ImageSize size = new ImageSize(item.image().width(), item.image().height());
    double slack = BoxChecks.TOLERANCE;
    boolean inside =
        x >= -slack
            && y >= -slack
            && x + width <= size.width() + slack
            && y + height <= size.height() + slack;
    Box drawn = new Box(x, y, width, height);
    return (inside ? BoxChecks.cut(drawn, size) : Optional.<Box>empty())
        .orElseThrow(
            () ->
                fault(
                    where,
                    box,
                    "it lies outside the image, whose upright size is " + size + " pixels"));
  }

  private static double number(JsonNode object, String where, String field) {
    JsonNode value = object.path(field);
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw fault(where + field, value, "give a finite number");
    }
    return value.doubleValue();
  }

  private static int count(JsonNode root, String field, int computed) {
    JsonNode value = root.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return computed;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw fault(field, value, "give a whole number, 0 or more, or leave it out");
    }
    return value.intValue();
  }

  private static @Nullable String text(JsonNode root, String field) {
    JsonNode value = root.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    String text = value.textValue();
    if (text == null || text.length() > TEXT || !isLine(text)) {
      throw fault(field, value, "give one line of text, " + TEXT + " characters at most");
    }
    return text;
  }

  /** Whether PostgreSQL takes it and a person can read it: no control signs, no half characters. */
  private static boolean isLine(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static Refusal fault(String field, JsonNode value, String mend) {
    return Refusal.badRequest(
        field
            + (value.isMissingNode() ? " is missing: " : " = " + shortened(value.toString()) + ": ")
            + mend);
  }

  private static String kind(JsonNode root) {
    return root.isMissingNode() ? "empty" : shortened(root.toString());
  }

  private static String shortened(String value) {
    return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
  }
}
