package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.labelloop.core.Box;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;

/**
 * The review page in a tab, as a person has it before them. Places are in pixels of the image,
 * which the page may show at any zoom.
 */
final class ReviewPage {
  private static final String BOX_OF =
      """
      g => {
        const place = g.transform.baseVal.consolidate().matrix;
        const line = g.querySelector('.line');
        return [place.e, place.f, line.width.baseVal.value, line.height.baseVal.value];
      }
      """;

  private static final String ON_SCREEN =
      """
      ([x, y]) => {
        const world = document.querySelector('.stage .world');
        const at = new DOMPoint(x, y).matrixTransform(world.getScreenCTM());
        return [at.x, at.y];
      }
      """;

  /** A little longer than the 300 ms of the page. */
  private static final int LOOK_MILLIS = 350;

  private static final String KEYS_AT_ONCE =
      """
      keys => keys.forEach(key => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true})))
      """;

  /** What a key has begun is under way by then. */
  private static final String TWO_FRAMES =
      "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";

  /** Glides between boxes are over: places on the screen stay. */
  private static final String STILL =
      "() => !document.querySelector('.stage.moving, .stage.loading')";

  final Page page;

  ReviewPage(Page page) {
    this.page = page;
  }

  /** Opens a campaign's next image in a new tab. */
  static ReviewPage open(BrowserContext context, String campaign) {
    ReviewPage review = new ReviewPage(context.newPage());
    review.page.navigate("/review?campaign=" + campaign);
    return review.shown();
  }

  /** Waits until an image with its picture is there. */
  ReviewPage shown() {
    picture().waitFor();
    still();
    return this;
  }

  Locator picture() {
    return page.locator(".stage .picture img").first();
  }

  Locator stage() {
    return page.locator(".stage");
  }

  /** The address of the picture that is shown. */
  String image() {
    return picture().getAttribute("src");
  }

  /** Waits for another image than this one. */
  void waitForOther(String image) {
    assertGone(image);
    shown();
  }

  Locator rows() {
    return page.locator(".box-list [role=option]");
  }

  Locator row(String name) {
    return rows().filter(new Locator.FilterOptions().setHasText(name));
  }

  Locator selectedRow() {
    return page.locator(".box-list [role=option][aria-selected=true]");
  }

  Locator card() {
    return page.locator(".box-card");
  }

  Locator banner() {
    return page.locator(".banner");
  }

  Locator line() {
    return page.locator(".saying.shown");
  }

  /** Fails unless the selected box is of this class and state. */
  void assertSelected(String className, String status) {
    assertThat(selectedRow()).containsText(className);
    assertThat(selectedRow()).hasClass(Pattern.compile("\\bis-" + status + "\\b"));
  }

  /** Fails unless the states of all boxes are these, in the order of the list. */
  void assertStates(String... statuses) {
    assertThat(rows())
        .hasClass(
            Arrays.stream(statuses)
                .map(status -> Pattern.compile("\\bis-" + status + "\\b"))
                .toArray(Pattern[]::new));
  }

  /** Fails unless the selected box is there, to a tenth of a pixel. */
  void assertBox(double x, double y, double width, double height) {
    assertBox(new Box(x, y, width, height), 0.05);
  }

  /** Fails unless the selected box is there, but for so many pixels of the image. */
  void assertBox(Box expected, double pixels) {
    Box box = Eventually.see(this::selectedBox, seen -> isNear(seen, expected, pixels));
    Assertions.assertThat(box)
        .matches(
            seen -> isNear(seen, expected, pixels),
            "is %s, but for %s".formatted(expected, pixels));
  }

  private static boolean isNear(Box a, Box b, double pixels) {
    return Math.abs(a.x() - b.x()) <= pixels
        && Math.abs(a.y() - b.y()) <= pixels
        && Math.abs(a.width() - b.width()) <= pixels
        && Math.abs(a.height() - b.height()) <= pixels;
  }

  /** Whether all answers are stored, in words. */
  Locator badge() {
    return page.locator(".panel .status .badge");
  }

  void assertStored() {
    assertThat(badge()).hasText("Stored");
  }

  Locator dialog() {
    return page.locator("dialog[open]");
  }

  void closeDialog() {
    press("Escape");
    assertThat(dialog()).hasCount(0);
  }

  Locator button(String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(Pattern.compile("^" + name)));
  }

  /** Takes all boxes as they are, with a look at the whole image before and after. */
  void acceptAll() {
    press("f");
    still();
    press("Enter");
    finish();
  }

  /** Goes on from an image whose every box has a verdict, as soon as the page lets anybody. */
  void finish() {
    finish("Enter");
  }

  /** The same by another key. */
  void finish(String key) {
    String image = image();
    assertThat(stage()).hasClass(Pattern.compile("\\bpassing\\b"));
    look();
    press(key);
    assertGone(image);
  }

  /** Waits until this image is no longer the one that is shown. */
  void assertGone(String image) {
    page.waitForFunction(
        "src => document.querySelector('.stage .picture img')?.getAttribute('src') !== src", image);
  }

  Locator shape(String id) {
    return page.locator(".world > g[data-id='" + id + "']");
  }

  /** Where the selected box is. */
  Box selectedBox() {
    return box(selectedRow().getAttribute("data-id"));
  }

  Box box(String id) {
    List<?> edges = (List<?>) shape(id).evaluate(BOX_OF);
    return new Box(number(edges, 0), number(edges, 1), number(edges, 2), number(edges, 3));
  }

  private static double number(List<?> list, int i) {
    return ((Number) list.get(i)).doubleValue();
  }

  /** Presses keys one after the other, with nothing said in between. */
  void press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  /** Presses keys, each when the last verdict is long enough ago not to count as hasty. */
  void pressWithCare(String... keys) {
    for (String key : keys) {
      look();
      press(key);
    }
  }

  /** Presses keys in no time at all, however slow the machine is. */
  void pressAtOnce(String... keys) {
    page.evaluate(KEYS_AT_ONCE, List.of(keys));
  }

  /** Lets the time go by that a look takes: what follows sooner counts as hasty, or is not done. */
  void look() {
    page.waitForTimeout(LOOK_MILLIS);
  }

  /** Waits until nothing glides. */
  void still() {
    page.evaluate(TWO_FRAMES);
    page.waitForFunction(STILL);
  }

  /** A place in the image, on the screen. */
  double[] onScreen(double x, double y) {
    List<?> at = (List<?>) page.evaluate(ON_SCREEN, List.of(x, y));
    return new double[] {number(at, 0), number(at, 1)};
  }

  /** Screen pixels to one image pixel. */
  double scale() {
    return onScreen(1, 0)[0] - onScreen(0, 0)[0];
  }

  void click(double x, double y) {
    double[] at = onScreen(x, y);
    page.mouse().click(at[0], at[1]);
  }

  void drag(double fromX, double fromY, double toX, double toY) {
    double[] from = onScreen(fromX, fromY);
    double[] to = onScreen(toX, toY);
    page.mouse().move(from[0], from[1]);
    page.mouse().down();
    page.mouse().move(to[0], to[1], new Mouse.MoveOptions().setSteps(5));
    page.mouse().up();
  }

  /** Drags a handle of the selected box, such as {@code se}, by so many image pixels. */
  void pull(String handle, double dx, double dy) {
    still();
    var at = page.locator("[data-handle='" + handle + "'] .reach").boundingBox();
    double scale = scale();
    double x = at.x + at.width / 2;
    double y = at.y + at.height / 2;
    page.mouse().move(x, y);
    page.mouse().down();
    page.mouse().move(x + dx * scale, y + dy * scale, new Mouse.MoveOptions().setSteps(5));
    page.mouse().up();
  }

  /** Waits until the page has said this. */
  void assertSays(String part) {
    assertThat(page.locator("#live")).containsText(part);
  }
}
