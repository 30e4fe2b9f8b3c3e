package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keys do to the boxes of an image. */
@ExtendWith(Studio.Shared.class)
class KeyboardTest {
  @Test
  void judgesBoxAfterBoxFromTheLeastCertainOn(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-judge")) {
      ReviewPage review = sitting.review;
      review.assertSelected("tram", "open");

      review.press("a");
      review.assertStates("accepted", "open", "open");
      review.assertSelected("bus", "open");
      review.assertSays("box 2 of 3, bus, 60 %, to judge");
      review.press("x");
      review.assertStates("accepted", "rejected", "open");
      review.press("1"); // the class that it has: it is accepted
      review.assertStates("accepted", "rejected", "accepted");
      review.finish();

      JsonNode answer = sitting.answer(0);
      assertThat(answer.get("outcome").asText()).isEqualTo("CORRECTED");
      assertThat(answer.get("boxes").findValuesAsText("class")).containsExactly("car", "tram");
      assertThat(answer.get("kept").asInt()).isEqualTo(2);
      assertThat(answer.get("touched").asInt()).isEqualTo(1);
      assertThat(answer.get("reviewer").asText()).isEqualTo("keys-judge");
    }
  }

  @Test
  void givesAClassByItsNumber(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-class")) {
      ReviewPage review = sitting.review;

      review.press("2");

      review.assertStates("edited", "open", "open");
      assertThat(review.rows().first()).containsText("bus");
      review.acceptAll();
      JsonNode answer = sitting.answer(0);
      assertThat(answer.get("boxes").findValuesAsText("class"))
          .containsExactly("car", "bus", "bus");
    }
  }

  @Test
  void movesAndResizesByArrows(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-arrows")) {
      ReviewPage review = sitting.review;
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
    try (Sitting sitting =
        Sitting.at(
            studio,
            Publication.of("keys-clamp")
                .picture(Picture.of("keys-clamp.png", 100, 80).with(0, 0.5, 25, 30, 40, 30)))) {
      ReviewPage review = sitting.review;

      review.press("Shift+ArrowLeft", "Shift+ArrowDown");
      review.assertBox(15, 40, 40, 30);
      review.press("Shift+ArrowLeft", "Shift+ArrowDown", "Shift+ArrowLeft", "Shift+ArrowDown");
      review.assertBox(0, 50, 40, 30); // whole, in the corner
      for (int i = 0; i < 5; i++) {
        review.press("Alt+Shift+ArrowLeft", "Alt+Shift+ArrowUp");
      }
      review.assertBox(0, 50, 2, 2);
      for (int i = 0; i < 11; i++) {
        review.press("Alt+Shift+ArrowRight");
      }
      review.assertBox(0, 50, 100, 2); // to the border and no further
    }
  }

  @Test
  void takesBackAndRepeats(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-undo")) {
      ReviewPage review = sitting.review;

      review.press("x", "2");
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
    try (Sitting sitting = Sitting.atStreets(studio, "keys-run")) {
      ReviewPage review = sitting.review;

      review.pressAtOnce("ArrowLeft", "ArrowLeft", "ArrowLeft");
      review.assertBox(117, 300, 240, 100);
      review.press("z");

      review.assertBox(120, 300, 240, 100);
      review.assertSelected("tram", "open");
    }
  }

  @Test
  void saysThatThereIsNothing(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-none")) {
      ReviewPage review = sitting.review;

      review.press("n");
      review.assertStates("rejected", "rejected", "rejected");
      assertThat(review.banner()).containsText("Is there really nothing?");
      review.finish("n");

      JsonNode answer = sitting.answer(0);
      assertThat(answer.get("outcome").asText()).isEqualTo("CORRECTED");
      assertThat(answer.get("boxes")).isEmpty();
    }
  }

  @Test
  void drawsWithoutAPointer(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-draw")) {
      ReviewPage review = sitting.review;

      review.press("b");
      assertThat(review.banner()).containsText("Draw a box from corner to corner");
      review.press("2", "Enter"); // a bus, in the middle
      review.assertSelected("bus", "drawn");
      review.press("Shift+ArrowLeft", "Alt+ArrowDown", "Enter");
      review.acceptAll();

      JsonNode boxes = sitting.answer(0).get("boxes");
      assertThat(boxes).hasSize(4);
      assertThat(boxes.get(3).get("class").asText()).isEqualTo("bus");
    }
  }

  @Test
  void judgesOnceWhileAKeyIsHeld(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-held")) {
      ReviewPage review = sitting.review;

      for (int i = 0; i < 3; i++) {
        review.page.keyboard().down("a"); // but for the first, these are repeats
      }
      review.page.keyboard().up("a");

      review.assertStates("accepted", "open", "open");
    }
  }

  @Test
  void takesNumbersForNumbersWhereTheyAreTyped(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "keys-typed")) {
      ReviewPage review = sitting.review;

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
  void findsOneOfManyClassesByTyping(Studio studio) throws Exception {
    String[] classes = new String[30];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = "kind " + (char) ('a' + i / 10) + i % 10;
    }
    try (Sitting sitting =
        Sitting.at(
            studio,
            Publication.of("keys-many")
                .classes(classes)
                .picture(Sitting.street("keys-many.png")))) {
      ReviewPage review = sitting.review;

      review.press("c");
      review.page.keyboard().type("b7");
      review.press("Enter");

      review.assertStates("edited", "open", "open");
      assertThat(review.rows().first()).containsText("kind b7");
    }
  }
}
