package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.MouseButton;
import dev.labelloop.core.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a mouse does on the picture, and buttons beside it. */
@ExtendWith(Studio.Shared.class)
class PointerTest {
  /** Of places in the image: the screen's pixels are others. */
  private static final double NEAR = 1.6;

  @Test
  void selectsTheBoxUnderIt(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-click")) {
      ReviewPage review = sitting.review;

      review.click(380, 150);
      review.assertSelected("bus", "open");
      review.still();
      review.click(140, 120);
      review.assertSelected("car", "open");
      review.row("tram").click();
      review.assertSelected("tram", "open");
    }
  }

  @Test
  void selectsTheSmallerOfTwoAndThenTheLarger(Studio studio) throws Exception {
    try (Sitting sitting =
        Sitting.at(
            studio,
            Publication.of("mouse-nested")
                .picture(
                    Picture.of("mouse-nested.png", 640, 480)
                        .with(0, 0.9, 100, 100, 400, 300)
                        .with(1, 0.8, 200, 200, 100, 80)
                        .with(2, 0.4, 20, 20, 60, 40)))) {
      ReviewPage review = sitting.review;
      review.press("f");
      review.still();

      review.click(250, 240);
      review.assertSelected("bus", "open");
      review.still();
      review.click(250, 240);
      review.assertSelected("car", "open");
    }
  }

  @Test
  void movesTheSelectedBox(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-move")) {
      ReviewPage review = sitting.review;

      review.drag(240, 350, 270, 310);

      review.assertBox(new Box(150, 260, 240, 100), NEAR);
      review.assertSelected("tram", "edited");
      review.press("z");
      review.assertBox(120, 300, 240, 100);
    }
  }

  @Test
  void movesThePictureWhereNoSelectedBoxIs(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-pan")) {
      ReviewPage review = sitting.review;
      double[] before = review.onScreen(0, 0);

      review.drag(140, 120, 180, 150); // on a box that is not selected
      review.still();

      double[] after = review.onScreen(0, 0);
      assertThat(after[0] - before[0]).isCloseTo(40 * review.scale(), within(2.0));
      assertThat(after[1] - before[1]).isCloseTo(30 * review.scale(), within(2.0));
      review.assertStates("open", "open", "open");
    }
  }

  @Test
  void movesThePictureEverywhereWithSpaceOrTheMiddleButton(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-space")) {
      ReviewPage review = sitting.review;
      double[] start = review.onScreen(0, 0);

      review.page.keyboard().down("Space");
      review.drag(240, 350, 260, 350); // on the selected box
      review.page.keyboard().up("Space");
      review.still();
      double[] spaced = review.onScreen(0, 0);
      double[] from = review.onScreen(240, 350);
      review.page.mouse().move(from[0], from[1]);
      Mouse.DownOptions middle = new Mouse.DownOptions().setButton(MouseButton.MIDDLE);
      review.page.mouse().down(middle);
      review.page.mouse().move(from[0], from[1] - 30);
      review.page.mouse().up(new Mouse.UpOptions().setButton(MouseButton.MIDDLE));
      review.still();

      assertThat(spaced[0]).isGreaterThan(start[0] + 15);
      assertThat(review.onScreen(0, 0)[1]).isCloseTo(spaced[1] - 30, within(1.0));
      review.assertStates("open", "open", "open");
    }
  }

  @Test
  void pullsAnEdgeOrACorner(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-pull")) {
      ReviewPage review = sitting.review;

      review.pull("se", 20, 15);
      review.assertBox(new Box(120, 300, 260, 115), NEAR);
      review.pull("w", -30, 40);
      review.assertBox(new Box(90, 300, 290, 115), NEAR);
      review.pull("n", 10, 300); // past the other edge: two pixels stay
      review.assertBox(new Box(90, 413, 290, 2), NEAR);
    }
  }

  @Test
  void putsAnEdgeOntoTheBorderThatIsNear(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-snap")) {
      ReviewPage review = sitting.review;

      review.pull("w", -118, 0); // two pixels are left
      review.assertBox(0, 300, 360, 100);
      review.pull("s", 0, 500); // far outside
      review.assertBox(0, 300, 360, 180);
      review.pull("e", 250, 0); // 30 pixels are left: that is meant
      review.assertBox(new Box(0, 300, 610, 180), NEAR);
    }
  }

  @Test
  void drawsFromCornerToCorner(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-draw")) {
      ReviewPage review = sitting.review;
      review.press("b", "2");

      review.drag(500, 300, 600, 400);

      review.assertSelected("bus", "drawn");
      review.assertBox(new Box(500, 300, 100, 100), NEAR);
      review.acceptAll();
      JsonNode boxes = sitting.answer(0).get("boxes");
      assertThat(boxes).hasSize(4);
      assertThat(boxes.get(3).get("x").asDouble()).isCloseTo(500, within(1.0));
      assertThat(boxes.get(3).get("class").asText()).isEqualTo("bus");
    }
  }

  @Test
  void drawsByFourExtremeClicks(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-extreme")) {
      ReviewPage review = sitting.review;
      review.press("q");
      assertThat(review.banner()).containsText("highest, leftmost, lowest and rightmost");

      review.click(550, 310); // top
      review.click(505, 350); // left
      assertThat(review.banner()).containsText("Two more points");
      review.press("z"); // the last point is taken back
      assertThat(review.banner()).containsText("Three more points");
      review.click(510, 350);
      review.click(560, 400); // bottom
      review.click(600, 360); // right

      review.assertSelected("car", "drawn");
      review.assertBox(new Box(510, 310, 90, 90), NEAR);
    }
  }

  @Test
  void drawsNothingTooSmall(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-small")) {
      ReviewPage review = sitting.review;
      review.press("b");

      review.click(560, 350);

      review.assertSays("Too small for a box");
      assertThat(review.rows()).hasCount(3);
    }
  }

  @Test
  void keepsADrawnBoxInTheImage(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-outside")) {
      ReviewPage review = sitting.review;
      review.press("-", "-");
      review.still();
      review.press("b");

      review.drag(560, 400, 700, 520);

      review.assertBox(new Box(560, 400, 80, 80), NEAR);
      Box box = review.selectedBox();
      assertThat(box.x() + box.width()).isEqualTo(640);
      assertThat(box.y() + box.height()).isEqualTo(480);
    }
  }

  @Test
  void zoomsWhereItIs(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-wheel")) {
      ReviewPage review = sitting.review;
      double scale = review.scale();
      double[] at = review.onScreen(140, 120);
      review.page.mouse().move(at[0], at[1]);

      review.page.mouse().wheel(0, -300);
      review.page.waitForFunction(
          "before => document.querySelector('.world').getScreenCTM().a > 1.3 * before", scale);
      review.still();

      assertThat(review.onScreen(140, 120)[0]).isCloseTo(at[0], within(1.0));
      assertThat(review.onScreen(140, 120)[1]).isCloseTo(at[1], within(1.0));
    }
  }

  @Test
  void reachesEveryActionByAButton(Studio studio) throws Exception {
    try (Sitting sitting = Sitting.atStreets(studio, "mouse-buttons")) {
      ReviewPage review = sitting.review;
      String first = review.image();

      review.card().getByText("Accept").click();
      review.card().getByText("Reject").click();
      review.assertStates("accepted", "rejected", "open");
      tool(review, "Undo").click();
      review.assertStates("accepted", "open", "open");
      tool(review, "Redo").click();
      review.assertStates("accepted", "rejected", "open");
      review.card().locator(".chip").filter(hasText("tram")).click();
      review.assertStates("accepted", "rejected", "edited");
      tool(review, "Draw a box").click();
      review.drag(500, 300, 600, 400);
      assertThat(review.rows()).hasCount(4);
      tool(review, "Hide boxes").click();
      tool(review, "Hide boxes").click();
      review.look();
      review.page.locator(".ways .finish").click();

      review.waitForOther(first);
      assertThat(sitting.answer(0).get("boxes")).hasSize(3);
      review.button("No objects").click();
      review.look();
      review.page.locator(".ways .finish").click();
      assertThat(sitting.answer(1).get("boxes")).isEmpty();
    }
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }

  private static Locator tool(ReviewPage review, String name) {
    return review
        .page
        .getByRole(AriaRole.TOOLBAR)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
  }
}
