package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.account.Role;
import dev.labelloop.core.ImageId;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** 200 boxes on 8,000 × 6,000 pixels; how fluid this is, {@link ReviewBenchmark} says. */
@ExtendWith(Studio.Shared.class)
class LargePictureTest {
  static final int WIDTH = 8_000;
  static final int HEIGHT = 6_000;
  static final int BOXES = 200;

  /** Boxes in rows, each of another certainty. */
  static Picture picture(String file) {
    Picture picture = Picture.of(file, WIDTH, HEIGHT);
    for (int i = 0; i < BOXES; i++) {
      picture =
          picture.with(
              i % 3,
              0.3 + 0.6 * ((i * 37) % BOXES) / BOXES,
              60 + i % 20 * 395,
              80 + i / 20 * 590,
              260,
              320);
    }
    return picture;
  }

  @Test
  void isShownWholeAndFromCloseByAndAnswered(Studio studio) throws Exception {
    List<ImageId> images = studio.publish(Publication.of("large").picture(picture("large.jpg")));
    try (Visit visit = studio.visit("large", Role.REVIEWER)) {
      ReviewPage review = visit.review("large");
      assertThat(review.image()).contains("side=2048"); // not 48 million pixels for a look
      assertThat(review.rows()).hasCount(BOXES);

      for (int i = 0; i < 20; i++) {
        review.press("+");
      }
      review.still();
      assertThat(review.page.locator(".picture img.whole")).isVisible(); // sharp from close by
      review.press("a");
      assertThat(review.rows().first()).hasClass(Pattern.compile("\\bis-accepted\\b"));
      review.assertSelected("tram", "open");
      review.press("f");
      review.still();
      review.press("Enter");
      review.finish();

      assertThat(studio.answer("large", images.get(0)).get("boxes")).hasSize(BOXES);
    }
  }
}
