package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.labelloop.activities.account.Role;
import dev.labelloop.campaign.CampaignSpec;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the review page looks like, for eyes and for programs that look for obstacles. */
@ExtendWith(Studio.Shared.class)
class LooksTest {
  private static final String NASTY = "<img src=x onerror=alert(1)>";

  private static Picture street(String file) {
    return Picture.of(file, 640, 480)
        .with(0, 0.95, 40, 60, 200, 120)
        .with(1, 0.6, 300, 80, 160, 140)
        .with(2, 0.4, 120, 300, 240, 100);
  }

  @ParameterizedTest
  @CsvSource({"LIGHT, en-GB, en", "DARK, zh-CN, zh"}) // colours and words do not touch each other
  void hasNoObstacles(ColorScheme colours, String locale, String language, Studio studio)
      throws Exception {
    String name = "looks-" + colours.name().toLowerCase(Locale.ROOT) + "-" + language;
    studio.publish(
        Publication.of(name)
            .sureFrom(0.9)
            .picture(street(name + "-a.png"))
            .picture(street(name + "-b.png")));
    Person person = studio.person(name, Role.REVIEWER);
    try (Visit visit = studio.visit(person, how -> how.setColorScheme(colours).setLocale(locale))) {
      ReviewPage review = visit.review(name);
      assertThat(review.page.locator("html")).hasAttribute("lang", language);
      check(review, "opened");

      review.press("a", "x");
      check(review, "judged, with the look for what is missing");
      review.press("b");
      check(review, "drawing");
      review.press("Escape", "e");
      check(review, "editing");
      review.press("Escape", "?");
      check(review, "help");
      review.closeDialog();
      review.press("s");
      check(review, "skipping");
      review.closeDialog();
      review.page.locator(".status button").last().click();
      check(review, "choosing keys");
      review.closeDialog();
      review.finish();
      review.shown();
      review.press("n");
      review.finish("n");
      assertThat(review.page.locator(".curtain h2")).isVisible();
      Accessibility.assertClean(review.page, "nothing left");
    }
  }

  private static void check(ReviewPage review, String state) {
    review.still();
    Accessibility.assertClean(review.page, state);
  }

  @Test
  void hasNoObstaclesWhereSingleBoxesAreAsked(Studio studio) throws Exception {
    studio.publish(
        Publication.of("looks-ask")
            .asking(CampaignSpec.Asking.BOXES)
            .sureFrom(0.9)
            .picture(street("looks-ask.png")));
    try (Visit visit = studio.visit("looks-ask", Role.REVIEWER)) {
      ReviewPage review = visit.review("looks-ask");
      check(review, "the first question");
      review.pressWithCare("a");
      review.press("ArrowRight"); // the last box is mended, and may be mended further
      check(review, "all questions answered");
    }
  }

  @ParameterizedTest
  @CsvSource({"review-light, LIGHT, en-GB", "review-dark, DARK, en-GB", "review-zh, LIGHT, zh-CN"})
  void looksAsItDid(String shot, ColorScheme colours, String locale, Studio studio)
      throws Exception {
    studio.publish(Publication.of(shot).sureFrom(0.9).picture(street("street.png")));
    Person person = studio.person(shot, Role.REVIEWER);
    try (Visit visit =
        studio.visit(
            person,
            how ->
                how.setColorScheme(colours)
                    .setLocale(locale)
                    .setReducedMotion(ReducedMotion.REDUCE))) {
      visit.context.clock().install();
      ReviewPage review = visit.review(shot);
      review.press("f");
      review.still();
      review.press("a");
      assertThat(review.line()).hasCount(1);
      visit.context.clock().runFor(6_000); // what was said has faded
      assertThat(review.line()).hasCount(0);
      review.still();

      Likeness.assertLike(shot, review.page.screenshot());
    }
  }

  @Test
  void looksAsItDidWithAQuestion(Studio studio) throws Exception {
    studio.publish(
        Publication.of("review-ask")
            .asking(CampaignSpec.Asking.BOXES)
            .sureFrom(0.9)
            .picture(street("street.png")));
    try (Visit visit = quiet(studio, "review-ask", how -> {})) {
      ReviewPage review = visit.review("review-ask");

      Likeness.assertLike("review-ask", review.page.screenshot());
    }
  }

  @Test
  void fitsASmallTablet(Studio studio) throws Exception {
    studio.publish(Publication.of("review-small").picture(street("street.png")));
    try (Visit visit = quiet(studio, "review-small", how -> how.setViewportSize(768, 900))) {
      ReviewPage review = visit.review("review-small");

      Object wide = review.page.evaluate("() => document.documentElement.scrollWidth - innerWidth");

      assertThat(((Number) wide).intValue()).as("pixels beyond the window").isZero();
      Likeness.assertLike("review-small", review.page.screenshot());
    }
  }

  private static Visit quiet(Studio studio, String name, Consumer<Browser.NewContextOptions> more) {
    return studio.visit(
        studio.person(name, Role.REVIEWER),
        how -> {
          how.setReducedMotion(ReducedMotion.REDUCE);
          more.accept(how);
        });
  }

  @Test
  void showsNamesAsTheyAreAndNeverAsHtml(Studio studio) throws Exception {
    studio.publish(
        Publication.of("looks-html")
            .classes(NASTY, "\"><script>alert(1)</script>", "tram & <b>bus</b>")
            .picture(street("looks-html.png")));
    try (Visit visit = studio.visit("looks-html", Role.REVIEWER)) {
      ReviewPage review = visit.review("looks-html");
      Page page = review.page;
      page.onDialog(
          dialog -> {
            throw new AssertionError("a name was run: " + dialog.message());
          });

      review.press("1", "?");
      review.closeDialog();
      review.press("c");
      review.closeDialog();
      review.press("b", "1");
      review.assertSays("<"); // as it is written
      review.press("Escape");

      assertThat(review.rows().first()).containsText(NASTY);
      assertThat(review.rows().last()).containsText(NASTY);
      assertThat(page.locator("img[src=x]")).hasCount(0);
      assertThat(page.locator("main b, main script")).hasCount(0);
    }
  }

  @Test
  void gluesNoStyleOrScriptIntoItsPages(Studio studio) {
    try (Visit visit = studio.stranger()) {
      for (String path : List.of("/", "/review", "/login", "/accounts", "/account", "/quality")) {
        APIResponse page = visit.context.request().get(path);

        assertThat(page.headers().get("content-security-policy"))
            .as(path)
            .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
            .doesNotContain("unsafe");
        assertThat(page.text()).doesNotContain("<style", " style=", " onclick=");
      }
    }
  }

  @Test
  void movesNothingForWhoeverAskedForStillness(Studio studio) throws Exception {
    studio.publish(
        Publication.of("looks-still")
            .picture(
                Picture.of("looks-still.jpg", 3000, 2000)
                    .with(0, 0.8, 100, 100, 200, 150)
                    .with(1, 0.4, 2600, 1700, 80, 60)));
    try (Visit visit = quiet(studio, "looks-still", how -> {})) {
      ReviewPage review = visit.review("looks-still");

      review.press("Tab");

      double[] at = review.onScreen(200, 175); // at once, without a glide
      assertThat(at[0]).isBetween(300.0, 700.0);
      assertThat(at[1]).isBetween(200.0, 600.0);
    }
  }

  @Test
  void switchesLanguageAndColoursByTheirControls(Studio studio) throws Exception {
    studio.publish(Publication.of("looks-switch").picture(street("looks-switch.png")));
    try (Visit visit = studio.visit("looks-switch", Role.REVIEWER)) {
      ReviewPage review = visit.review("looks-switch");

      review.page.getByLabel("Language").selectOption("zh");
      assertThat(review.page.locator("html")).hasAttribute("lang", "zh");
      review.shown();
      assertThat(review.page.locator(".ways")).containsText("接受其余");
      review.page.getByLabel("语言").selectOption("en");
      assertThat(review.page.locator("html")).hasAttribute("lang", "en");
      review.shown();
      review.button("Theme").click();
      review.button("Theme").click();
      assertThat(review.page.locator("html")).hasAttribute("data-theme", "dark");
      review.page.reload();
      assertThat(review.page.locator("html")).hasAttribute("data-theme", "dark");
    }
  }
}
