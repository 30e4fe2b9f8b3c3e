package dev.labelloop.worker.web.dashboard;

import dev.labelloop.activities.evaluation.dashboard.Gallery.Order;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Place;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Wanted;
import dev.labelloop.activities.evaluation.dashboard.Source;
import dev.labelloop.core.ImageId;
import dev.labelloop.worker.web.Refusal;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see of a gallery.
 *
 * @param limit images a page
 */
record GalleryQuery(Wanted wanted, Order order, @Nullable Place after, int limit) {
  private static final int LIMIT = 60;
  private static final int MOST = 200;
  private static final String HOLDOUT = "holdout";
  private static final String SOURCES =
      Stream.concat(Arrays.stream(Source.values()).map(Source::word), Stream.of(HOLDOUT))
          .collect(Collectors.joining(", "));

  /** Reads the query of a request; the first fault is refused, with the mend. */
  static GalleryQuery of(Context context, List<String> classes) {
    String source = given(context, "source");
    Integer limit = read(context, "limit", Integer::valueOf, "give 1 to " + MOST);
    if (limit != null && (limit < 1 || limit > MOST)) {
      throw fault("limit", String.valueOf(limit), "give 1 to " + MOST);
    }
    String share = "give a fraction from 0 to 1";
    return new GalleryQuery(
        new Wanted(
            read(context, "class", name -> place(classes, name), "use a class of the campaign"),
            HOLDOUT.equals(source)
                ? null
                : read(context, "source", GalleryQuery::source, "use one of " + SOURCES),
            HOLDOUT.equals(source) ? true : null,
            read(context, "round", Integer::valueOf, "give the number of a round"),
            read(context, "from", GalleryQuery::share, share),
            read(context, "to", GalleryQuery::share, share),
            "1".equals(given(context, "disagreement"))),
        order(context),
        read(context, "after", GalleryQuery::after, "send back the 'next' of the page before"),
        limit == null ? LIMIT : limit);
  }

  private static Order order(Context context) {
    Order order =
        read(
            context,
            "order",
            word -> Order.valueOf(word.toUpperCase(Locale.ROOT)),
            "use id, certainty or disagreement");
    return order == null ? Order.ID : order;
  }

  private static int place(List<String> classes, String name) {
    int place = classes.indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException(name);
    }
    return place;
  }

  private static Source source(String word) {
    return Source.named(word).orElseThrow(() -> new IllegalArgumentException(word));
  }

  private static double share(String text) {
    double share = Double.parseDouble(text);
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(text);
    }
    return share;
  }

  private static Place after(String text) {
    int colon = text.indexOf(':');
    double key = Double.parseDouble(text.substring(0, Math.max(0, colon)));
    if (!Double.isFinite(key)) {
      throw new IllegalArgumentException(text);
    }
    return new Place(key, new ImageId(text.substring(colon + 1)));
  }

  /** A place as text. */
  static String text(Place place) {
    return place.key() + ":" + place.image();
  }

  private static @Nullable String given(Context context, String name) {
    String value = context.queryParam(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private static <T> @Nullable T read(
      Context context, String name, Function<String, T> type, String mend) {
    String value = given(context, name);
    if (value == null) {
      return null;
    }
    try {
      return type.apply(value);
    } catch (IllegalArgumentException e) {
      throw fault(name, value, mend);
    }
  }

  private static Refusal fault(String name, String value, String mend) {
    return Refusal.badRequest(name + " = " + value + ": " + mend);
  }
}
