package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.Box;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Fingers and pens on a tablet. */
@ExtendWith(Studio.Shared.class)
class TouchTest {
  private static void publish(Studio studio, String name) throws Exception {
    studio.publish(
        Publication.of(name)
            .picture(
                Picture.of(name + ".png", 640, 480)
                    .with(0, 0.9, 40, 60, 200, 120)
                    .with(1, 0.4, 300, 200, 160, 140)));
  }

  private static Visit visit(Studio studio, String name) throws Exception {
    publish(studio, name);
    return studio.visit(
        studio.person(name, Role.REVIEWER),
        how -> how.setHasTouch(true).setViewportSize(1024, 768));
  }

  @Test
  void selectsByATap(Studio studio) throws Exception {
    try (Visit visit = visit(studio, "touch-tap")) {
      ReviewPage review = visit.review("touch-tap");
      double[] car = review.onScreen(140, 120);

      review.page.touchscreen().tap(car[0], car[1]);

      review.assertSelected("car", "open");
    }
  }

  @Test
  void movesThePictureByAFingerUntilABoxIsEdited(Studio studio) throws Exception {
    try (Visit visit = visit(studio, "touch-drag")) {
      ReviewPage review = visit.review("touch-drag");
      Fingers fingers = new Fingers(review);
      Box before = review.selectedBox();
      double[] at = review.onScreen(380, 270);
      double[] corner = review.onScreen(0, 0);

      fingers.swipe(at, 60, 30);
      review.still();
      assertThat(review.selectedBox()).isEqualTo(before);
      assertThat(review.onScreen(0, 0)[0]).isGreaterThan(corner[0] + 30);

      review.card().getByText("Edit").tap(); // at once, as a hand that has just swiped does
      assertThat(review.stage()).hasClass(Pattern.compile("\\bediting\\b"));
      review.still();
      at = review.onScreen(380, 270);
      fingers.swipe(at, 60, 30);
      review.assertSelected("bus", "edited");
      assertThat(review.selectedBox().x()).isGreaterThan(before.x() + 10);
      assertThat(review.selectedBox().width()).isEqualTo(before.width());
    }
  }

  @Test
  void opensTheListOfBoxesWhereTheWindowIsNarrow(Studio studio) throws Exception {
    publish(studio, "touch-list");
    try (Visit visit =
        studio.visit(
            studio.person("touch-list", Role.REVIEWER),
            how -> how.setHasTouch(true).setViewportSize(390, 844))) {
      ReviewPage review = visit.review("touch-list");
      assertThat(review.row("car")).not().isVisible();

      review.button("Boxes").tap();
      review.row("car").tap();

      review.assertSelected("car", "open");
      assertThat(review.button("Accept the rest")).isInViewport();
      Accessibility.assertClean(review.page, "the list in a narrow window");
      review.button("Boxes").tap();
      assertThat(review.row("car")).not().isVisible();
    }
  }

  @Test
  void zoomsByTwoFingers(Studio studio) throws Exception {
    try (Visit visit = visit(studio, "touch-pinch")) {
      ReviewPage review = visit.review("touch-pinch");
      double scale = review.scale();
      double[] at = review.onScreen(320, 240);

      new Fingers(review).spread(at, 40, 120);
      review.still();

      assertThat(review.scale()).isGreaterThan(2 * scale);
      review.assertStates("open", "open");
    }
  }

  @Test
  void drawsWithAPen(Studio studio) throws Exception {
    try (Visit visit = visit(studio, "touch-pen")) {
      ReviewPage review = visit.review("touch-pen");
      Fingers fingers = new Fingers(review);
      review.press("b");

      fingers.pen(review.onScreen(500, 50), review.onScreen(600, 150));

      assertThat(review.rows()).hasCount(3);
      review.assertSelected("car", "drawn");
      review.assertBox(new Box(500, 50, 100, 100), 2);
    }
  }

  @Test
  void hasTargetsLargeEnoughForFingers(Studio studio) throws Exception {
    try (Visit visit = visit(studio, "touch-size")) {
      ReviewPage review = visit.review("touch-size");

      Object small =
          review.page.evaluate(
              """
              () => [...document.querySelectorAll('button, a, select, input, .handle .reach')]
                .filter(node => node.getClientRects().length > 0)
                .map(node => [node, node.getBoundingClientRect()])
                .filter(([node, at]) => at.width < 24 || at.height < 24)
                .filter(([node]) => !node.closest('.visually-hidden, .skip'))
                .map(([node, at]) => `${node.outerHTML} ${at.width} x ${at.height}`)
              """);

      assertThat((List<?>) small).as("targets under 24 pixels").isEmpty();
    }
  }

  /** What the browser is told of fingers. */
  private static final class Fingers {
    private final CDPSession session;

    Fingers(ReviewPage review) {
      session = review.page.context().newCDPSession(review.page);
    }

    void swipe(double[] from, double dx, double dy) {
      touch("touchStart", from);
      for (int i = 1; i <= 5; i++) {
        touch("touchMove", new double[] {from[0] + dx * i / 5, from[1] + dy * i / 5});
      }
      touch("touchEnd");
    }

    /** Two fingers around a place, from one distance to another. */
    void spread(double[] at, double from, double to) {
      touch("touchStart", beside(at, -from), beside(at, from));
      for (int i = 1; i <= 5; i++) {
        double distance = from + (to - from) * i / 5;
        touch("touchMove", beside(at, -distance), beside(at, distance));
      }
      touch("touchEnd");
    }

    private static double[] beside(double[] at, double dx) {
      return new double[] {at[0] + dx, at[1]};
    }

    private void touch(String type, double[]... points) {
      JsonArray touches = new JsonArray();
      for (int i = 0; i < points.length; i++) {
        JsonObject point = point(points[i]);
        point.addProperty("id", i);
        touches.add(point);
      }
      JsonObject event = new JsonObject();
      event.addProperty("type", type);
      event.add("touchPoints", touches);
      session.send("Input.dispatchTouchEvent", event);
    }

    void pen(double[] from, double[] to) {
      pen("mousePressed", from, 1);
      pen("mouseMoved", new double[] {(from[0] + to[0]) / 2, (from[1] + to[1]) / 2}, 1);
      pen("mouseMoved", to, 1);
      pen("mouseReleased", to, 0);
    }

    private void pen(String type, double[] at, int buttons) {
      JsonObject event = point(at);
      event.addProperty("type", type);
      event.addProperty("button", "left");
      event.addProperty("buttons", buttons);
      event.addProperty("clickCount", 1);
      event.addProperty("pointerType", "pen");
      session.send("Input.dispatchMouseEvent", event);
    }

    private static JsonObject point(double[] at) {
      JsonObject point = new JsonObject();
      point.addProperty("x", at[0]);
      point.addProperty("y", at[1]);
      return point;
    }
  }
}
