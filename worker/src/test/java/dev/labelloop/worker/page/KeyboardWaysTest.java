package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys that lead from box to box and from image to image, and those that people choose. */
@ExtendWith(Studio.Shared.class)
class KeyboardWaysTest {
  @Test
  void opensWithTheLeastCertainBoxSelectedAndZoomed(Studio studio) throws Exception {
    try (Sitting sitting =
        Sitting.at(
            studio,
            Publication.of("keys-open")
                .picture(
                    Picture.of("keys-open.jpg", 2000, 1500)
                        .with(0, 0.9, 100, 100, 300, 200)
                        .with(1, 0.4, 1500, 1200, 60, 40)))) {
      ReviewPage review = sitting.review;

      review.assertSelected("bus", "open");
      assertThat(review.scale()).isGreaterThan(2);
      assertThat(review.onScreen(1530, 1220)[0]).isBetween(300.0, 700.0);
      review.press("f");
      review.still();
      assertThat(review.scale()).isLessThan(0.6);
    }
  }

  @Test
  void walksByCertaintyAndBack(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-walk")) {
      ReviewPage review = sitting.review;

      review.press("Tab");
      review.assertSelected("bus", "open");
      review.press("Tab");
      review.assertSelected("car", "open");
      review.press("Shift+Tab", "Shift+Tab");
      review.assertSelected("tram", "open");
    }
  }

  @Test
  void skipsWithAReason(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-skip")) {
      ReviewPage review = sitting.review;
      String first = review.image();

      review.press("s");
      assertThat(review.dialog()).containsText("Skip this image");
      review.closeDialog();
      assertThat(review.image()).isEqualTo(first);
      review.press("s", "ArrowDown", "Enter");

      review.assertGone(first);
      JsonNode answer = sitting.answer(0);
      assertThat(answer.get("outcome").asText()).isEqualTo("SKIPPED");
      assertThat(answer.get("reason").asText()).isEqualTo("I cannot tell what it is");
    }
  }

  @Test
  void acceptsTheRestAndGoesOn(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-rest")) {
      ReviewPage review = sitting.review;

      review.acceptAll();
      review.shown();
      review.press("Control+Enter");
      review.finish("Control+Enter");

      for (int image = 0; image < 2; image++) {
        JsonNode answer = sitting.answer(image);
        assertThat(answer.get("outcome").asText()).isEqualTo("ACCEPTED");
        assertThat(answer.get("boxes")).hasSize(3);
      }
      assertThat(review.page.locator(".curtain")).containsText("Nothing to review now");
    }
  }

  @Test
  void looksCloserAndFartherAndHides(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-look")) {
      ReviewPage review = sitting.review;
      double before = review.scale();

      review.press("+", "+");
      review.still();
      assertThat(review.scale()).isGreaterThan(1.5 * before);
      review.press("-", "-", "-");
      review.still();
      assertThat(review.scale()).isLessThan(before);
      review.press("h");
      assertThat(review.shape(review.selectedRow().getAttribute("data-id"))).not().isVisible();
      review.press("h");
      assertThat(review.shape(review.selectedRow().getAttribute("data-id"))).isVisible();
    }
  }

  @Test
  void helpsWithAllKeys(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-help")) {
      ReviewPage review = sitting.review;

      review.press("?");

      assertThat(review.dialog()).containsText("Accept the rest, next image");
      assertThat(review.dialog()).containsText("Draw by four points");
      review.closeDialog();
      review.press("a"); // the keyboard is back where it was
      review.assertStates("accepted", "open", "open");
    }
  }

  @Test
  void leavesATurnedOnToolByEscape(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-escape")) {
      ReviewPage review = sitting.review;

      for (String tool : List.of("b", "q")) {
        review.press(tool);
        assertThat(review.stage()).hasClass(Pattern.compile("\\bdrawing\\b"));
        review.press("Escape");
        assertThat(review.stage()).not().hasClass(Pattern.compile("\\bdrawing\\b"));
      }
      review.press("e");
      review.assertSays("Editing");
      review.press("Escape");
      review.assertSays("Editing done");
    }
  }

  @Test
  void goesBackToTheImageBeforeByUndoingTwice(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-back")) {
      ReviewPage review = sitting.review;
      String first = review.image();
      review.acceptAll();
      review.shown();
      sitting.answer(0);

      review.press("z");
      review.assertSays("Once more goes back");
      review.press("z");
      assertThat(review.picture()).hasAttribute("src", first);
      review.shown();
      review.assertStates("accepted", "accepted", "accepted");
      review.press("x");
      review.finish();

      JsonNode second = Eventually.see(() -> sitting.answer(0), a -> a.get("boxes").size() == 2);
      assertThat(second.get("boxes")).hasSize(2);
    }
  }

  @Test
  void takesOtherKeysAndKeepsThem(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-map")) {
      ReviewPage review = sitting.review;
      review.button("Keys").click();
      review
          .dialog()
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Accept: A, change"))
          .click();
      review.press("j");
      review.closeDialog();

      review.press("a");
      review.assertStates("open", "open", "open");
      review.press("j");
      review.assertStates("accepted", "open", "open");

      review.page.reload();
      review.shown();
      review.press("j");
      review.assertStates("accepted", "accepted", "open");
    }
  }

  @Test
  void doesNothingBySingleKeysWhereTheyAreSwitchedOff(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-off")) {
      ReviewPage review = sitting.review;
      review.button("Keys").click();
      review.dialog().getByLabel("Single keys act at once").uncheck();
      review.closeDialog();

      review.press("a", "x", "n", "2");
      review.assertStates("open", "open", "open");
      review.press("Control+Enter"); // no single key
      assertThat(review.banner()).containsText("Is anything missing?");
    }
  }

  @Test
  void namesThePageForScreenReaders(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-aria")) {
      Page page = sitting.review.page;

      assertThat(page).hasTitle("Review · LabelLoop");
      assertThat(page.locator(".stage"))
          .matchesAriaSnapshot(
              """
              - application "Picture with boxes":
                - button "box 3 of 3, car, 90 %, to judge"
                - button "box 1 of 3, tram, 40 %, to judge"
                - button "box 2 of 3, bus, 60 %, to judge"
              """);
      assertThat(page.locator(".box-list"))
          .matchesAriaSnapshot(
              """
              - listbox "Boxes, the least certain first":
                - option "tram 40 % to judge" [selected]
                - option "bus 60 % to judge"
                - option "car 90 % to judge"
              """);
    }
  }
}
