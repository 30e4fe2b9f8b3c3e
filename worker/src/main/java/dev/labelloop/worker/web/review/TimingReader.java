package dev.labelloop.worker.web.review;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.review.Timing;
import dev.labelloop.activities.review.Timing.Event;
import dev.labelloop.activities.review.Timing.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads how long an answer took, as if a stranger had sent it. */
final class TimingReader {
  /** Some keys a second for more than an hour. */
  static final int MOST_EVENTS = 5_000;

  /** A tab that stays open over a holiday. */
  private static final long MOST_MS = Fields.MOST_WORK.toMillis();

  /** Two clocks of one page, rounded. */
  private static final long SLACK_MS = 1_000;

  /** An answer may wait in a browser for its server; clocks may be wrong. */
  private static final Duration MOST_PAST = Duration.ofDays(366);

  private static final Duration MOST_FUTURE = Duration.ofDays(1);

  private static final int MOST_BOXES = 100_000;

  private static final List<String> FIELDS =
      List.of("openedAt", "firstActionMs", "activeMs", "idleMs", "passMs", "events");

  private static final List<String> EVENT_FIELDS = List.of("t", "kind", "box");

  private static final Map<String, Kind> KINDS =
      Arrays.stream(Kind.values())
          .collect(Collectors.toMap(TimingReader::name, Function.identity()));

  private TimingReader() {}

  /** The field {@code timing} of an answer; null if it is left out. */
  static @Nullable Timing read(JsonNode root) {
    if (Fields.isAbsent(root, "timing")) {
      return null;
    }
    JsonNode timing = root.path("timing");
    if (!timing.isObject()) {
      throw Fields.fault("timing", timing, "send {" + String.join(", ", FIELDS) + "}");
    }
    Fields.known(timing, "timing.", FIELDS);
    long active = Fields.whole(timing, "timing.", "activeMs", MOST_MS);
    long idle = Fields.whole(timing, "timing.", "idleMs", MOST_MS);
    long most = active + idle + SLACK_MS;
    return new Timing(
        openedAt(timing),
        Fields.isAbsent(timing, "firstActionMs")
            ? null
            : Fields.whole(timing, "timing.", "firstActionMs", most),
        active,
        idle,
        Fields.isAbsent(timing, "passMs") ? 0 : Fields.whole(timing, "timing.", "passMs", most),
        events(timing.path("events"), most));
  }

  private static Instant openedAt(JsonNode timing) {
    JsonNode value = timing.path("openedAt");
    Instant now = Instant.now();
    try {
      Instant opened = Instant.parse(value.asText());
      if (opened.isAfter(now.minus(MOST_PAST)) && opened.isBefore(now.plus(MOST_FUTURE))) {
        return opened;
      }
    } catch (DateTimeParseException e) {
      // said below, with the mend
    }
    throw Fields.fault(
        "timing.openedAt", value, "give the time of opening, such as 2026-05-04T12:00:00.000Z");
  }

  private static List<Event> events(JsonNode list, long most) {
    if (!list.isArray() || list.size() > MOST_EVENTS) {
      throw Fields.fault(
          "timing.events", list, "send a list of " + MOST_EVENTS + " events at most");
    }
    List<Event> events = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < list.size(); i++) {
      Event event = event(list.get(i), "timing.events[" + i + "]", most);
      if (event.atMs() < before) {
        throw Fields.fault(
            "timing.events[" + i + "].t", list.get(i).path("t"), "events go forward in time");
      }
      before = event.atMs();
      events.add(event);
    }
    return events;
  }

  private static Event event(JsonNode event, String where, long most) {
    if (!event.isObject()) {
      throw Fields.fault(where, event, "send {t, kind, box}");
    }
    Fields.known(event, where + ".", EVENT_FIELDS);
    Kind kind = KINDS.get(event.path("kind").asText());
    if (kind == null) {
      throw Fields.fault(
          where + ".kind",
          event.path("kind"),
          "use one of "
              + String.join(", ", Arrays.stream(Kind.values()).map(TimingReader::name).toList()));
    }
    return new Event(
        Fields.whole(event, where + ".", "t", most),
        kind,
        Fields.isAbsent(event, "box")
            ? null
            : (int) Fields.whole(event, where + ".", "box", MOST_BOXES));
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
