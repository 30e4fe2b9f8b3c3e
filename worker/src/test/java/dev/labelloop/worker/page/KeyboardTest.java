package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.ImageId;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What each key does to the boxes of an image. */
@ExtendWith(Studio.Shared.class)
class KeyboardTest {
  /** The least certain is the tram, then the bus, then the car. */
  private static Picture street(String file) {
    return Picture.of(file, 640, 480)
        .with(0, 0.9, 40, 60, 200, 120)
        .with(1, 0.6, 300, 80, 160, 140)
        .with(2, 0.4, 120, 300, 240, 100);
  }

  private static List<ImageId> publish(Studio studio, String name) throws Exception {
    return studio.publish(
        Publication.of(name).picture(street(name + "-a.png")).picture(street(name + "-b.png")));
  }

  @Test
  void opensWithTheLeastCertainBoxSelectedAndZoomed(Studio studio) throws Exception {
    studio.publish(
        Publication.of("keys-open")
            .picture(
                Picture.of("keys-open.jpg", 2000, 1500)
                    .with(0, 0.9, 100, 100, 300, 200)
                    .with(1, 0.4, 1500, 1200, 60, 40)));
    try (Visit visit = studio.visit("keys-open", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-open");

      review.assertSelected("bus", "open");
      assertThat(review.scale()).isGreaterThan(2);
      assertThat(review.onScreen(1530, 1220)[0]).isBetween(300.0, 700.0);
      review.press("f");
      review.still();
      assertThat(review.scale()).isLessThan(0.6);
    }
  }

  @Test
  void judgesBoxAfterBoxFromTheLeastCertainOn(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "keys-judge");
    try (Visit visit = studio.visit("keys-judge", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-judge");
      review.assertSelected("tram", "open");

      review.pressWithCare("a");
      review.assertStates("accepted", "open", "open");
      review.assertSelected("bus", "open");
      review.assertSays("box 2 of 3, bus, 60 %, to judge");
      review.pressWithCare("x");
      review.assertStates("accepted", "rejected", "open");
      review.pressWithCare("1"); // the class that it has: it is accepted
      review.assertStates("accepted", "rejected", "accepted");
      assertThat(review.banner()).containsText("Is anything missing?");
      review.pressWithCare("Enter");

      JsonNode answer = studio.answer("keys-judge", images.get(0));
      assertThat(answer.get("outcome").asText()).isEqualTo("CORRECTED");
      assertThat(answer.get("boxes").findValuesAsText("class")).containsExactly("car", "tram");
      assertThat(answer.get("kept").asInt()).isEqualTo(2);
      assertThat(answer.get("touched").asInt()).isEqualTo(1);
      assertThat(answer.get("reviewer").asText()).isEqualTo("keys-judge");
    }
  }

  @Test
  void givesAClassByItsNumber(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "keys-class");
    try (Visit visit = studio.visit("keys-class", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-class");

      review.pressWithCare("2");

      review.assertStates("edited", "open", "open");
      assertThat(review.rows().first()).containsText("bus");
      review.acceptAll();
      JsonNode answer = studio.answer("keys-class", images.get(0));
      assertThat(answer.get("boxes").findValuesAsText("class"))
          .containsExactly("car", "bus", "bus");
    }
  }

  @Test
  void walksByCertaintyAndBack(Studio studio) throws Exception {
    publish(studio, "keys-walk");
    try (Visit visit = studio.visit("keys-walk", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-walk");

      review.press("Tab");
      review.assertSelected("bus", "open");
      review.press("Tab");
      review.assertSelected("car", "open");
      review.press("Shift+Tab", "Shift+Tab");
      review.assertSelected("tram", "open");
    }
  }

  @Test
  void movesAndResizesByArrows(Studio studio) throws Exception {
    publish(studio, "keys-arrows");
    try (Visit visit = studio.visit("keys-arrows", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-arrows");
      review.assertBox(120, 300, 240, 100);

      review.press("ArrowLeft", "ArrowDown", "Shift+ArrowRight", "Shift+ArrowUp");
      review.assertBox(129, 291, 240, 100);
      review.press("Alt+ArrowRight", "Alt+ArrowUp");
      review.assertBox(129, 291, 241, 99);
      review.press("Alt+Shift+ArrowLeft", "Alt+Shift+ArrowDown");
      review.assertBox(129, 291, 231, 109);
      review.assertSelected("tram", "edited");
    }
  }

  @Test
  void keepsBoxesInTheImageAndTwoPixelsWide(Studio studio) throws Exception {
    publish(studio, "keys-clamp");
    try (Visit visit = studio.visit("keys-clamp", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-clamp");

      for (int i = 0; i < 14; i++) {
        review.press("Shift+ArrowLeft", "Shift+ArrowDown");
      }
      review.assertBox(0, 380, 240, 100); // whole, in the corner
      for (int i = 0; i < 26; i++) {
        review.press("Alt+Shift+ArrowLeft", "Alt+Shift+ArrowUp");
      }
      review.assertBox(0, 380, 2, 2);
      for (int i = 0; i < 65; i++) {
        review.press("Alt+Shift+ArrowRight");
      }
      review.assertBox(0, 380, 640, 2); // to the border and no further
    }
  }

  @Test
  void takesBackAndRepeats(Studio studio) throws Exception {
    publish(studio, "keys-undo");
    try (Visit visit = studio.visit("keys-undo", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-undo");

      review.pressWithCare("x", "2");
      review.assertStates("rejected", "accepted", "open");
      review.press("z", "z");
      review.assertStates("open", "open", "open");
      review.assertSelected("tram", "open");
      review.press("y", "Shift+Z");
      review.assertStates("rejected", "accepted", "open");
      review.press("Control+z", "Control+z", "Control+y");
      review.assertStates("rejected", "open", "open");
      review.press("z", "z");
      review.assertSays("There is nothing to undo");
    }
  }

  @Test
  void takesBackARunOfArrowsAtOnce(Studio studio) throws Exception {
    publish(studio, "keys-run");
    try (Visit visit = studio.visit("keys-run", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-run");

      review.press("ArrowLeft", "ArrowLeft", "ArrowLeft", "z");

      review.assertBox(120, 300, 240, 100);
      review.assertSelected("tram", "open");
    }
  }

  @Test
  void saysThatThereIsNothing(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "keys-none");
    try (Visit visit = studio.visit("keys-none", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-none");
      String first = review.image();

      review.pressWithCare("n");
      review.assertStates("rejected", "rejected", "rejected");
      assertThat(review.banner()).containsText("Is there really nothing?");
      review.pressWithCare("n");

      review.waitForOther(first);
      JsonNode answer = studio.answer("keys-none", images.get(0));
      assertThat(answer.get("outcome").asText()).isEqualTo("CORRECTED");
      assertThat(answer.get("boxes")).isEmpty();
    }
  }

  @Test
  void skipsWithAReason(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "keys-skip");
    try (Visit visit = studio.visit("keys-skip", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-skip");
      String first = review.image();

      review.press("s", "Escape");
      assertThat(review.dialog()).hasCount(0);
      assertThat(review.image()).isEqualTo(first);
      review.press("s");
      assertThat(review.dialog()).containsText("Skip this image");
      review.press("ArrowDown", "Enter");

      review.waitForOther(first);
      JsonNode answer = studio.answer("keys-skip", images.get(0));
      assertThat(answer.get("outcome").asText()).isEqualTo("SKIPPED");
      assertThat(answer.get("reason").asText()).isEqualTo("I cannot tell what it is");
    }
  }

  @Test
  void acceptsTheRestAndGoesOn(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "keys-rest");
    try (Visit visit = studio.visit("keys-rest", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-rest");

      review.acceptAll();
      review.shown();
      review.press("Control+Enter");
      assertThat(review.banner()).containsText("Is anything missing?");
      review.pressWithCare("Control+Enter");

      for (ImageId image : images) {
        JsonNode answer = studio.answer("keys-rest", image);
        assertThat(answer.get("outcome").asText()).isEqualTo("ACCEPTED");
        assertThat(answer.get("boxes")).hasSize(3);
      }
      assertThat(visit.context.pages().get(0).locator(".curtain"))
          .containsText("Nothing to review now");
    }
  }

  @Test
  void looksCloserAndFartherAndHides(Studio studio) throws Exception {
    publish(studio, "keys-look");
    try (Visit visit = studio.visit("keys-look", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-look");
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
    publish(studio, "keys-help");
    try (Visit visit = studio.visit("keys-help", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-help");

      review.press("?");

      assertThat(review.dialog()).containsText("Accept the rest, next image");
      assertThat(review.dialog()).containsText("Draw by four points");
      review.press("Escape");
      assertThat(review.dialog()).hasCount(0);
      review.pressWithCare("a"); // the keyboard is back where it was
      review.assertStates("accepted", "open", "open");
    }
  }

  @Test
  void drawsWithoutAPointer(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "keys-draw");
    try (Visit visit = studio.visit("keys-draw", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-draw");

      review.press("b");
      assertThat(review.banner()).containsText("Draw a box from corner to corner");
      review.press("2", "Enter"); // a bus, in the middle
      review.assertSelected("bus", "drawn");
      review.press("Shift+ArrowLeft", "Alt+ArrowDown", "Enter");
      review.acceptAll();

      JsonNode boxes = studio.answer("keys-draw", images.get(0)).get("boxes");
      assertThat(boxes).hasSize(4);
      assertThat(boxes.get(3).get("class").asText()).isEqualTo("bus");
    }
  }

  @Test
  void leavesATurnedOnToolByEscape(Studio studio) throws Exception {
    publish(studio, "keys-escape");
    try (Visit visit = studio.visit("keys-escape", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-escape");

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
  void judgesOnceWhileAKeyIsHeld(Studio studio) throws Exception {
    publish(studio, "keys-held");
    try (Visit visit = studio.visit("keys-held", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-held");

      for (int i = 0; i < 3; i++) {
        review.page.keyboard().down("a"); // but for the first, these are repeats
      }
      review.page.keyboard().up("a");

      review.assertStates("accepted", "open", "open");
    }
  }

  @Test
  void takesNumbersForNumbersWhereTheyAreTyped(Studio studio) throws Exception {
    publish(studio, "keys-typed");
    try (Visit visit = studio.visit("keys-typed", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-typed");

      review.card().getByLabel("Width").fill("231");
      review.press("Tab");

      review.assertBox(120, 300, 231, 100);
      review.card().getByLabel("x", new Locator.GetByLabelOptions().setExact(true)).fill("9999");
      review.press("Enter");
      review.assertBox(409, 300, 231, 100); // as far as the image goes
      review.assertSelected("tram", "edited");
    }
  }

  @Test
  void goesBackToTheImageBeforeByUndoingTwice(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "keys-back");
    try (Visit visit = studio.visit("keys-back", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-back");
      String first = review.image();
      review.acceptAll();
      review.shown();
      studio.answer("keys-back", images.get(0));

      review.press("z");
      review.assertSays("Once more goes back");
      review.press("z");
      assertThat(review.picture()).hasAttribute("src", first);
      review.shown();
      review.assertStates("accepted", "accepted", "accepted");
      review.pressWithCare("x");
      review.acceptAllLeft();

      for (int i = 0; studio.answer("keys-back", images.get(0)).get("boxes").size() == 3; i++) {
        assertThat(i).as("looks at the second answer").isLessThan(100);
        Thread.sleep(100);
      }
    }
  }

  @Test
  void takesOtherKeysAndKeepsThem(Studio studio) throws Exception {
    publish(studio, "keys-map");
    try (Visit visit = studio.visit("keys-map", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-map");
      review.button("Keys").click();
      review
          .dialog()
          .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Accept: A, change"))
          .click();
      review.press("j");
      review.press("Escape");

      review.press("a");
      review.assertStates("open", "open", "open");
      review.pressWithCare("j");
      review.assertStates("accepted", "open", "open");

      review.page.reload();
      review.shown();
      review.pressWithCare("j");
      review.assertStates("accepted", "accepted", "open");
    }
  }

  @Test
  void doesNothingBySingleKeysWhereTheyAreSwitchedOff(Studio studio) throws Exception {
    publish(studio, "keys-off");
    try (Visit visit = studio.visit("keys-off", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-off");
      review.button("Keys").click();
      review.dialog().getByLabel("Single keys act at once").uncheck();
      review.press("Escape");

      review.press("a", "x", "n", "2");
      review.assertStates("open", "open", "open");
      review.press("Control+Enter"); // no single key
      assertThat(review.banner()).containsText("Is anything missing?");
    }
  }

  @Test
  void findsOneOfManyClassesByTyping(Studio studio) throws Exception {
    String[] classes = new String[30];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = "kind " + (char) ('a' + i / 10) + i % 10;
    }
    studio.publish(Publication.of("keys-many").classes(classes).picture(street("keys-many.png")));
    try (Visit visit = studio.visit("keys-many", Role.REVIEWER)) {
      ReviewPage review = visit.review("keys-many");

      review.press("c");
      review.page.keyboard().type("b7");
      review.press("Enter");

      review.assertStates("edited", "open", "open");
      assertThat(review.rows().first()).containsText("kind b7");
    }
  }

  @Test
  void namesThePageForScreenReaders(Studio studio) throws Exception {
    publish(studio, "keys-aria");
    try (Visit visit = studio.visit("keys-aria", Role.REVIEWER)) {
      Page page = visit.review("keys-aria").page;

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
