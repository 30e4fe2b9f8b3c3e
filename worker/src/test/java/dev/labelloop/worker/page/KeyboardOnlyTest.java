package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.ImageId;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A whole session of somebody who has no pointer: from signing in to a completed batch. */
@ExtendWith(Studio.Shared.class)
class KeyboardOnlyTest {
  @Test
  void signsInReviewsABatchAndIsDone(Studio studio) throws Exception {
    List<ImageId> images =
        studio.publish(
            Publication.of("nomouse")
                .picture(
                    Picture.of("nomouse-a.png", 640, 480)
                        .with(0, 0.8, 40, 60, 200, 120)
                        .drawn(1, 400, 300, 100, 80))
                .picture(
                    Picture.of("nomouse-b.png", 640, 480)
                        .with(0, 0.8, 40, 60, 200, 120)
                        .seen(1, 0.4, 400, 300, 100, 80))
                .picture(Picture.of("nomouse-c.png", 640, 480)));
    studio
        .admin()
        .post(
            "/api/accounts",
            Map.of("name", "nomouse", "role", "REVIEWER", "password", "correct horse battery"))
        .ok();
    try (Visit visit = studio.stranger()) {
      Page page = visit.open("/review?campaign=nomouse"); // leads to signing in, and back
      assertThat(page).hasURL(Pattern.compile(".*/login\\?to=.*"));
      assertThat(page.getByLabel("Name")).isFocused();
      page.keyboard().type("nomouse");
      page.keyboard().press("Tab");
      page.keyboard().type("correct horse battery");
      page.keyboard().press("Enter");
      page.waitForURL(Pattern.compile(".*/review\\?campaign=nomouse"));
      visit.complaints(); // that nobody was signed in
      ReviewPage review = new ReviewPage(page).shown();

      // One object is missing: a box of class 2 in the middle, put where it belongs by numbers.
      review.press("a");
      assertThat(review.banner()).containsText("Is anything missing?");
      review.press("b", "2", "Enter");
      review.assertSelected("bus", "drawn");
      for (String[] number :
          new String[][] {{"x", "400"}, {"y", "300"}, {"Width", "100"}, {"Height", "80"}}) {
        tabTo(page, number[0]);
        page.keyboard().press("Control+a");
        page.keyboard().type(number[1]);
        page.keyboard().press("Tab");
      }
      review.assertBox(400, 300, 100, 80);
      review.press("Control+Enter"); // the box is as it should be
      review.finish("Control+Enter");

      // One box is no object.
      review.shown();
      page.locator(".stage").focus();
      review.assertSelected("bus", "open");
      review.press("x", "a");
      review.finish();
      studio.answer("nomouse", images.get(1));

      // There is nothing in the last.
      review.shown();
      assertThat(review.banner()).containsText("Is there really nothing?");
      review.finish();
      assertThat(page.locator(".curtain")).containsText("Nothing to review now");
    }

    assertThat(studio.answer("nomouse", images.get(0)).at("/boxes/1/x").asDouble()).isEqualTo(400);
    assertThat(studio.answer("nomouse", images.get(1)).get("boxes")).hasSize(1);
    assertThat(studio.answer("nomouse", images.get(2)).get("boxes")).isEmpty();
    BatchId batch = new BatchId("nomouse/r1/b0");
    assertThat(Eventually.see(studio.door::completed, told -> told.contains(batch)))
        .contains(batch);
  }

  /** Presses the tabulator until the control with this label has the focus. */
  private static void tabTo(Page page, String label) {
    for (int i = 0; i < 60; i++) {
      Object focused =
          page.evaluate(
              "() => document.activeElement.labels?.[0]?.textContent"
                  + " ?? document.activeElement.getAttribute('aria-label')");
      if (label.equals(focused)) {
        return;
      }
      page.keyboard().press("Tab");
    }
    throw new AssertionError("the tabulator never comes to " + label);
  }
}
