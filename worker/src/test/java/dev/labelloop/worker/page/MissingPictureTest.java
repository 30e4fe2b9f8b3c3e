package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.labelloop.activities.account.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pictures whose files were moved away. */
@ExtendWith(Studio.Shared.class)
class MissingPictureTest {
  private static final String WHY = " is gone, damaged or has changed: put the old one back";

  private static void publish(Studio studio, String name) throws Exception {
    Publication publication = Publication.of(name);
    for (String file : new String[] {"first.png", "second.png"}) {
      publication.picture(
          Picture.of(file, 640, file.equals("first.png") ? 480 : 400)
              .with(0, 0.9, 40, 60, 200, 120)
              .with(1, 0.4, 300, 80, 160, 140));
    }
    studio.publish(publication);
  }

  /** Nothing of any image is shown or can be judged, and it is said why. */
  private static void assertNothingToJudge(ReviewPage review) {
    assertThat(review.banner()).containsText(WHY);
    Locator verdicts = review.page.locator(".verdict");
    assertThat(verdicts).hasCount(3);
    assertThat(review.page.locator(".verdict:enabled")).hasCount(0);
    assertThat(review.page.locator(".finish")).isDisabled();
    assertThat(review.page.locator(".finish")).containsText("Next image");
    assertThat(review.button("No objects")).isDisabled();
    assertThat(review.card()).containsText("No picture");
    assertThat(review.rows()).hasCount(0);
    assertThat(review.page.locator(".world > g, .stage img")).hasCount(0);
    assertThat(review.page.locator(".numbers input").first()).hasValue("");
  }

  @Test
  void leaveNothingOfTheImageBefore(Studio studio) throws Exception {
    publish(studio, "missing-second");
    Path second = studio.file("missing-second", "second.png");
    Path away = Files.move(second, second.resolveSibling("away"));
    try (Visit visit = studio.visit("missing-second", Role.REVIEWER)) {
      ReviewPage review = visit.review("missing-second");
      review.acceptAll();

      assertNothingToJudge(review);
      review.page.screenshot(
          new Page.ScreenshotOptions().setPath(Path.of("target", "page", "missing.png")));
      review.press("a", "Enter");
      Accessibility.assertClean(review.page, "no picture");

      Files.move(away, second);
      review.button("Try again").click();
      review.shown();
      review.assertStates("open", "open");
      assertThat(review.page.locator(".verdict:enabled")).hasCount(3);
      review.acceptAll();
      assertThat(review.page.locator(".curtain h2")).isVisible();
    }
  }

  @Test
  void canOnlyBeSkipped(Studio studio) throws Exception {
    publish(studio, "missing-first");
    Files.delete(studio.file("missing-first", "first.png"));
    try (Visit visit = studio.visit("missing-first", Role.REVIEWER)) {
      ReviewPage review = new ReviewPage(visit.open("/review?campaign=missing-first"));
      assertNothingToJudge(review);

      review.banner().getByText("Skip").click();
      review.dialog().getByText("Skip the image").click();

      review.shown();
      review.assertStates("open", "open");
      assertThat(review.page.locator(".finish")).isEnabled();
    }
  }
}
