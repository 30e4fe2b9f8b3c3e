package dev.labelloop.worker.page;

import com.microsoft.playwright.Mouse;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Frames a second on 200 boxes over 8,000 × 6,000 pixels, beside those of a page at rest. */
final class Fluidity {
  private static final String COUNT_FRAMES =
      """
      () => {
        window.frames200 = [];
        const tick = time => {
          window.frames200.push(time);
          window.ticking = requestAnimationFrame(tick);
        };
        window.ticking = requestAnimationFrame(tick);
      }
      """;

  private static final String FRAMES =
      "() => { cancelAnimationFrame(window.ticking); return window.frames200; }";

  private Fluidity() {}

  /** Moves, zooms and pulls, and prints frames. */
  static void print(Studio studio) throws Exception {
    studio.publish(Publication.of("frames").picture(LargePictureTest.picture("frames.jpg")));
    try (Visit visit = studio.visit("frames", Role.REVIEWER)) {
      ReviewPage review = visit.review("frames");
      review.press("f");
      review.still();
      Mouse mouse = review.page.mouse();
      measure(review, "at rest", () -> review.page.waitForTimeout(2_000));
      measure(review, "zooming", () -> turnWheel(mouse));
      measure(review, "moving the picture", () -> swing(mouse, 300, 300, MovesBy.PICTURE));
      review.press("f");
      review.still();
      Box box = review.selectedBox();
      double[] at = review.onScreen(box.x() + box.width() / 2, box.y() + box.height() / 2);
      measure(review, "moving a box", () -> swing(mouse, at[0], at[1], MovesBy.BOX));
      var corner = review.page.locator("[data-handle='se'] .reach").boundingBox();
      double x = corner.x + corner.width / 2;
      double y = corner.y + corner.height / 2;
      measure(review, "pulling a corner", () -> swing(mouse, x, y, MovesBy.BOX));
    }
  }

  /** How far the hand swings, in screen pixels. */
  private enum MovesBy {
    PICTURE(150),
    BOX(40);

    private final double pixels;

    MovesBy(double pixels) {
      this.pixels = pixels;
    }
  }

  private static void turnWheel(Mouse mouse) {
    mouse.move(500, 400);
    for (int i = 0; i < 120; i++) {
      mouse.wheel(0, i / 20 % 2 == 0 ? -60 : 60);
    }
  }

  private static void swing(Mouse mouse, double x, double y, MovesBy by) {
    mouse.move(x, y);
    mouse.down();
    for (int i = 0; i < 240; i++) {
      mouse.move(x + by.pixels * Math.sin(i / 15.0), y + by.pixels * Math.cos(i / 20.0) / 2);
    }
    mouse.up();
  }

  private static void measure(ReviewPage review, String what, Runnable work) {
    review.page.evaluate(COUNT_FRAMES);
    work.run();
    List<Double> times = new ArrayList<>();
    for (Object time : (List<?>) review.page.evaluate(FRAMES)) {
      times.add(((Number) time).doubleValue());
    }
    double longest = 0;
    for (int i = 1; i < times.size(); i++) {
      longest = Math.max(longest, times.get(i) - times.get(i - 1));
    }
    double seconds = (times.get(times.size() - 1) - times.get(0)) / 1e3;
    System.out.printf(
        Locale.ROOT,
        "%d boxes on %d x %d, %s: %.0f frames/s over %.1f s, longest frame %.0f ms%n",
        LargePictureTest.BOXES,
        LargePictureTest.WIDTH,
        LargePictureTest.HEIGHT,
        what,
        (times.size() - 1) / seconds,
        seconds,
        longest);
  }
}
