package dev.labelloop.worker.page;

import dev.labelloop.activities.account.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How long the next image takes to open. */
final class Opening {
  private static final int IMAGES = 12;

  /** From the key that leaves an image to the first frame in which the next can be worked on. */
  private static final String WATCH =
      """
      () => {
        window.opened = [];
        let pressed = null;
        document.addEventListener('keydown', event => {
          if (event.key === 'Enter') {
            pressed = performance.now();
          }
        }, true);
        const stage = document.querySelector('.stage');
        let loading = false;
        new MutationObserver(() => {
          const now = stage.classList.contains('loading');
          if (loading && !now && pressed !== null) {
            const from = pressed;
            pressed = null;
            requestAnimationFrame(() => window.opened.push(performance.now() - from));
          }
          loading = now;
        }).observe(stage, {attributes: true, attributeFilter: ['class']});
      }
      """;

  private Opening() {}

  /** Begins to watch. */
  static void watch(ReviewPage review) {
    review.page.evaluate(WATCH);
  }

  /** The times since then. */
  static Percentiles of(ReviewPage review) {
    List<Double> times = new ArrayList<>();
    for (Object millis : (List<?>) review.page.evaluate("() => window.opened")) {
      times.add(((Number) millis).doubleValue());
    }
    return Percentiles.of(times);
  }

  /** Answers images of 8,000 × 6,000 pixels with 200 boxes each, and prints the times. */
  static void print(Studio studio) throws Exception {
    List<Picture> pictures =
        IntStream.range(0, IMAGES)
            .mapToObj(
                i -> LargePictureTest.picture("opening-" + i + ".jpg").drawn(0, 300 * i, 0, 40, 40))
            .toList();
    studio.publish(Publication.of("opening").pictures(pictures));
    try (Visit visit = studio.visit("opening", Role.REVIEWER)) {
      ReviewPage review = visit.review("opening");
      watch(review);
      for (int i = 1; i < IMAGES; i++) {
        review.acceptAll();
        review.shown();
      }
      System.out.printf(
          Locale.ROOT,
          "%d boxes on %d x %d: the next image opens after %s%n",
          LargePictureTest.BOXES,
          LargePictureTest.WIDTH,
          LargePictureTest.HEIGHT,
          of(review));
    }
  }
}
