package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.MouseButton;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.Box;
import dev.labelloop.core.ImageId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a mouse does on the picture, and buttons beside it. */
@ExtendWith(Studio.Shared.class)
class PointerTest {
  private static List<ImageId> publish(Studio studio, String name) throws Exception {
    return studio.publish(
        Publication.of(name)
            .picture(
                Picture.of(name + ".png", 640, 480)
                    .with(0, 0.9, 40, 60, 200, 120)
                    .with(1, 0.6, 300, 80, 160, 140)
                    .with(2, 0.4, 120, 300, 240, 100))
            .picture(Picture.of(name + "-2.png", 640, 480).with(0, 0.9, 40, 60, 200, 120)));
  }

  @Test
  void selectsTheBoxUnderIt(Studio studio) throws Exception {
    publish(studio, "mouse-click");
    try (Visit visit = studio.visit("mouse-click", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-click");

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
    studio.publish(
        Publication.of("mouse-nested")
            .picture(
                Picture.of("mouse-nested.png", 640, 480)
                    .with(0, 0.9, 100, 100, 400, 300)
                    .with(1, 0.8, 200, 200, 100, 80)
                    .with(2, 0.4, 20, 20, 60, 40)));
    try (Visit visit = studio.visit("mouse-nested", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-nested");
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
    publish(studio, "mouse-move");
    try (Visit visit = studio.visit("mouse-move", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-move");

      review.drag(240, 350, 270, 310);

      assertNear(review.selectedBox(), 150, 260, 240, 100);
      review.assertSelected("tram", "edited");
      review.press("z");
      review.assertBox(120, 300, 240, 100);
    }
  }

  @Test
  void movesThePictureWhereNoSelectedBoxIs(Studio studio) throws Exception {
    publish(studio, "mouse-pan");
    try (Visit visit = studio.visit("mouse-pan", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-pan");
      double[] before = review.onScreen(0, 0);

      review.drag(140, 120, 180, 150); // on a box that is not selected

      double[] after = review.onScreen(0, 0);
      assertThat(after[0] - before[0]).isCloseTo(40 * review.scale(), within(2.0));
      assertThat(after[1] - before[1]).isCloseTo(30 * review.scale(), within(2.0));
      review.assertStates("open", "open", "open");
    }
  }

  @Test
  void movesThePictureEverywhereWithSpaceOrTheMiddleButton(Studio studio) throws Exception {
    publish(studio, "mouse-space");
    try (Visit visit = studio.visit("mouse-space", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-space");
      double[] start = review.onScreen(0, 0);

      review.page.keyboard().down("Space");
      review.drag(240, 350, 260, 350); // on the selected box
      review.page.keyboard().up("Space");
      double[] spaced = review.onScreen(0, 0);
      double[] from = review.onScreen(240, 350);
      review.page.mouse().move(from[0], from[1]);
      Mouse.DownOptions middle = new Mouse.DownOptions().setButton(MouseButton.MIDDLE);
      review.page.mouse().down(middle);
      review.page.mouse().move(from[0], from[1] - 30);
      review.page.mouse().up(new Mouse.UpOptions().setButton(MouseButton.MIDDLE));

      assertThat(spaced[0]).isGreaterThan(start[0] + 15);
      assertThat(review.onScreen(0, 0)[1]).isCloseTo(spaced[1] - 30, within(1.0));
      review.assertStates("open", "open", "open");
    }
  }

  @Test
  void pullsAnEdgeOrACorner(Studio studio) throws Exception {
    publish(studio, "mouse-pull");
    try (Visit visit = studio.visit("mouse-pull", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-pull");

      review.pull("se", 20, 15);
      assertNear(review.selectedBox(), 120, 300, 260, 115);
      review.pull("w", -30, 40);
      assertNear(review.selectedBox(), 90, 300, 290, 115);
      review.pull("n", 10, 300); // past the other edge: two pixels stay
      assertThat(review.selectedBox().height()).isCloseTo(2, within(0.11));
    }
  }

  @Test
  void putsAnEdgeOntoTheBorderThatIsNear(Studio studio) throws Exception {
    publish(studio, "mouse-snap");
    try (Visit visit = studio.visit("mouse-snap", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-snap");

      review.pull("w", -118, 0); // two pixels are left
      assertThat(review.selectedBox().x()).isZero();
      review.pull("s", 0, 500); // far outside
      assertThat(review.selectedBox().y() + review.selectedBox().height()).isEqualTo(480);
      review.pull("e", 250, 0); // 30 pixels are left: that is meant
      assertThat(review.selectedBox().width()).isCloseTo(610, within(1.0));
    }
  }

  @Test
  void drawsFromCornerToCorner(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "mouse-draw");
    try (Visit visit = studio.visit("mouse-draw", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-draw");
      review.press("b", "2");

      review.drag(500, 300, 600, 400);

      review.assertSelected("bus", "drawn");
      assertNear(review.selectedBox(), 500, 300, 100, 100);
      review.acceptAll();
      JsonNode boxes = studio.answer("mouse-draw", images.get(0)).get("boxes");
      assertThat(boxes).hasSize(4);
      assertThat(boxes.get(3).get("x").asDouble()).isCloseTo(500, within(1.0));
      assertThat(boxes.get(3).get("class").asText()).isEqualTo("bus");
    }
  }

  @Test
  void drawsByFourExtremeClicks(Studio studio) throws Exception {
    publish(studio, "mouse-extreme");
    try (Visit visit = studio.visit("mouse-extreme", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-extreme");
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
      assertNear(review.selectedBox(), 510, 310, 90, 90);
    }
  }

  @Test
  void drawsNothingTooSmall(Studio studio) throws Exception {
    publish(studio, "mouse-small");
    try (Visit visit = studio.visit("mouse-small", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-small");
      review.press("b");

      review.click(560, 350);

      review.assertSays("Too small for a box");
      assertThat(review.rows()).hasCount(3);
    }
  }

  @Test
  void keepsADrawnBoxInTheImage(Studio studio) throws Exception {
    publish(studio, "mouse-outside");
    try (Visit visit = studio.visit("mouse-outside", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-outside");
      review.press("-", "-");
      review.still();
      review.press("b");

      review.drag(560, 400, 700, 520);

      Box box = review.selectedBox();
      assertThat(box.x() + box.width()).isEqualTo(640);
      assertThat(box.y() + box.height()).isEqualTo(480);
    }
  }

  @Test
  void zoomsWhereItIs(Studio studio) throws Exception {
    publish(studio, "mouse-wheel");
    try (Visit visit = studio.visit("mouse-wheel", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-wheel");
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
    List<ImageId> images = publish(studio, "mouse-buttons");
    try (Visit visit = studio.visit("mouse-buttons", Role.REVIEWER)) {
      ReviewPage review = visit.review("mouse-buttons");
      String first = review.image();

      review.card().getByText("Accept").click();
      review.look();
      review.card().getByText("Reject").click();
      review.assertStates("accepted", "rejected", "open");
      tool(review, "Undo").click();
      review.assertStates("accepted", "open", "open");
      tool(review, "Redo").click();
      review.assertStates("accepted", "rejected", "open");
      review.look();
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
      assertThat(studio.answer("mouse-buttons", images.get(0)).get("boxes")).hasSize(3);
      review.button("No objects").click();
      review.look();
      review.page.locator(".ways .finish").click();
      assertThat(studio.answer("mouse-buttons", images.get(1)).get("boxes")).isEmpty();
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

  /** Within a pixel: the screen's pixels are not the image's. */
  private static void assertNear(Box box, double x, double y, double width, double height) {
    assertThat(box.x()).as("x of %s", box).isCloseTo(x, within(1.2));
    assertThat(box.y()).as("y of %s", box).isCloseTo(y, within(1.2));
    assertThat(box.width()).as("width of %s", box).isCloseTo(width, within(1.6));
    assertThat(box.height()).as("height of %s", box).isCloseTo(height, within(1.6));
  }
}
