package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page;
import dev.labelloop.activities.account.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Windows that are low, as those of people who enlarge everything, and zooming within them. */
@ExtendWith(Studio.Shared.class)
class ReflowTest {
  private static final String BEYOND =
      "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

  /** The bus is looked at first; the car is then beside the stage. */
  private static Visit visit(Studio studio, String name, int width, int height) throws Exception {
    studio.publish(
        Publication.of(name)
            .picture(
                Picture.of(name + ".png", 1600, 1200)
                    .with(0, 0.9, 40, 60, 200, 120)
                    .with(1, 0.4, 1300, 900, 160, 140)));
    return studio.visit(
        studio.person(name, Role.REVIEWER), how -> how.setViewportSize(width, height));
  }

  /** 1440 × 900 and 1280 × 1024 at 400 %, 1440 × 900 at 200 %, and a telephone on its side. */
  @ParameterizedTest
  @CsvSource({"360, 225", "320, 256", "720, 450", "844, 390", "1440, 225"})
  void keepsMostOfALowWindowForThePicture(int width, int height, Studio studio) throws Exception {
    String name = "reflow-" + width + "-" + height;
    try (Visit visit = visit(studio, name, width, height)) {
      ReviewPage review = visit.review(name);

      assertThat(review.stage().boundingBox().height).isGreaterThanOrEqualTo(0.7 * height);
      assertThat(review.page.evaluate(BEYOND)).as("pixels beyond the window").isEqualTo(0);
      review.page.screenshot(shot(name));
      review.button("Skip").scrollIntoViewIfNeeded();
      assertThat(review.button("Skip")).isInViewport();
      review.page.screenshot(shot(name + "-end"));
    }
  }

  private static Page.ScreenshotOptions shot(String name) {
    return new Page.ScreenshotOptions().setPath(Path.of("target", "page", name + ".png"));
  }

  @Test
  void takesNoBoxAsSeenWhileThePictureIsScrolledAway(Studio studio) throws Exception {
    try (Visit visit = visit(studio, "reflow-seen", 360, 225)) {
      ReviewPage review = visit.review("reflow-seen");
      review.button("Skip").scrollIntoViewIfNeeded();
      assertThat(review.stage()).not().isInViewport();
      review.press("f");
      review.still();

      review.press("Enter");

      review.assertSays("not on the screen yet");
      assertThat(review.stage()).isInViewport();
    }
  }

  @Test
  void zoomsAboutTheMiddleOfTheRoomBelowTheBanner(Studio studio) throws Exception {
    studio.publish(Publication.of("reflow-zoom").picture(Picture.of("empty.png", 416, 416)));
    try (Visit visit = studio.visit("reflow-zoom", Role.REVIEWER)) {
      ReviewPage review = visit.review("reflow-zoom");
      assertThat(review.banner()).isVisible();
      assertThat(review.page.locator(".card-head .badge")).isHidden(); // there is no box
      review.press("f");
      review.still();
      double[] before = review.onScreen(208, 208);

      review.press("+", "+", "+", "+", "+", "+", "+");
      review.still();

      assertThat(review.scale()).isGreaterThan(5);
      assertThat(review.onScreen(208, 208)[0]).isCloseTo(before[0], within(1.0));
      assertThat(review.onScreen(208, 208)[1]).isCloseTo(before[1], within(1.0));
    }
  }
}
