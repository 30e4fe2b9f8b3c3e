package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns as operators and onlookers see them. */
@ExtendWith(Studio.Shared.class)
class DashboardPageTest {
  private static final String NASTY = "<img src=x onerror=alert(1)>";

  private static List<ImageId> publish(Studio studio, String name) throws Exception {
    List<ImageId> images =
        studio.publish(
            Publication.of(name)
                .classes(NASTY, "bus", "tram")
                .pictures(
                    List.of(
                        Picture.of(name + "-a.png", 320, 240).with(0, 0.9, 20, 30, 100, 60),
                        Picture.of(name + "-b.png", 320, 240)
                            .with(1, 0.5, 150, 40, 80, 70)
                            .with(2, 0.4, 60, 150, 120, 50),
                        Picture.of(name + "-c.png", 320, 240))));
    studio.door.tell(FakeDoor.waiting(new CampaignName(name), 3, 0, false));
    return images;
  }

  private static void answer(Studio studio, String campaign, ImageId image) {
    answer(
        studio,
        campaign,
        image,
        List.of(Map.of("x", 150, "y", 40, "width", 80, "height", 70, "class", "bus")));
  }

  private static void answer(Studio studio, String campaign, ImageId image, List<?> boxes) {
    studio
        .admin()
        .put(
            Studio.key(campaign, image),
            0,
            Map.of(
                "submissionId",
                UUID.randomUUID(),
                "outcome",
                "CORRECTED",
                "boxes",
                boxes,
                "seconds",
                4))
        .ok();
  }

  @Test
  void leadsFromTheListToACampaignAndItsReview(Studio studio) throws Exception {
    publish(studio, "board-list");
    try (Visit visit = studio.visit("board-list", Role.REVIEWER)) {
      Page page = visit.open("/");

      Locator row =
          page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("board-list"));
      assertThat(row).containsText("Round 1 of 1 · Review");
      assertThat(row).containsText("3 images wait");
      Accessibility.assertClean(page, "list of campaigns");
      row.getByText("board-list").click();
      assertThat(page).hasURL(Pattern.compile(".*#/c/board-list"));
      assertThat(page.locator("h1")).containsText("board-list");
      page.locator(".title")
          .getByText("Review", new Locator.GetByTextOptions().setExact(true))
          .click();
      assertThat(page).hasURL(Pattern.compile(".*/review\\?campaign=board-list"));
    }
  }

  @Test
  void changesAsTheCampaignDoes(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "board-live");
    try (Visit visit = studio.visit("board-live", Role.OPERATOR)) {
      Page page = visit.open("/#/c/board-live");
      assertThat(page.locator("main")).containsText("0 of 3 images");

      answer(studio, "board-live", images.get(0));
      studio.door.tell(FakeDoor.waiting(new CampaignName("board-live"), 3, 1, false));
      assertThat(page.locator("main")).containsText("1 of 3 images");
      studio.door.tell(FakeDoor.waiting(new CampaignName("board-live"), 3, 1, true));
      assertThat(page.locator("h1")).containsText("paused");
      Accessibility.assertClean(page, "a campaign that is held");
    }
  }

  @Test
  void goesOnWhenTheServerIsBack(Studio studio) throws Exception {
    publish(studio, "board-back");
    try (Visit visit = studio.visit("board-back", Role.OPERATOR)) {
      Page page = visit.open("/#/c/board-back");
      assertThat(page.locator("main")).containsText("0 of 3 images");
      String url = studio.url();

      studio.stop();
      try {
        assertThat(page.locator("main")).containsText("The connection is lost");
      } finally {
        studio.startAgain(url);
      }
      studio.door.tell(FakeDoor.waiting(new CampaignName("board-back"), 3, 2, false));

      assertThat(page.locator("main")).containsText("2 of 3 images");
      assertThat(page.locator("main")).not().containsText("The connection is lost");
      visit.complaints(); // of streams that broke off
    }
  }

  @Test
  void carriesOutOrders(Studio studio) throws Exception {
    publish(studio, "board-orders");
    try (Visit visit = studio.visit("board-orders", Role.OPERATOR)) {
      Page page = visit.open("/#/c/board-orders");

      button(page, "Pause").click();
      assertThat(page.locator("h1")).containsText("paused");
      button(page, "Resume").click();
      assertThat(page.locator("h1")).not().containsText("paused");
      button(page, "Amend…").click();
      dialog(page).getByLabel("Budget").fill("150");
      page.keyboard().press("Enter");
      assertThat(dialog(page)).containsText("Budget “150”: give per cent above 0 and at most 100");
      assertThat(dialog(page).getByLabel("Budget")).isFocused();
      dialog(page).getByLabel("Budget").fill("20");
      Accessibility.assertClean(page, "amending");
      dialog(page).getByText("Amend", new Locator.GetByTextOptions().setExact(true)).click();
      assertThat(dialog(page)).hasCount(0);
      button(page, "Finish…").click();
      assertThat(dialog(page)).containsText("It cannot be undone");
      page.keyboard().press("Escape");
      assertThat(dialog(page)).hasCount(0);
      button(page, "Finish…").click();
      dialog(page).locator("button.danger, button.primary").click();
      assertOrdered(
          studio,
          "board-orders",
          "pause board-orders",
          "resume board-orders",
          "amend board-orders budget 20%",
          "finish board-orders");
    }
  }

  @Test
  void handsOutLabels(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "board-export");
    answer(studio, "board-export", images.get(1));
    try (Visit visit = studio.visit("board-export", Role.OPERATOR)) {
      Page page = visit.open("/#/c/board-export");

      button(page, "Export…").click();
      dialog(page).getByLabel("Format").selectOption("CVAT (XML)");
      Download download = page.waitForDownload(() -> dialog(page).getByText("Download").click());

      assertThat(download.suggestedFilename()).contains("board-export").endsWith(".zip");
      assertThat(download.path()).isNotEmptyFile();
    }
  }

  @Test
  void offersNoOrdersToOnlookers(Studio studio) throws Exception {
    publish(studio, "board-viewer");
    try (Visit visit = studio.visit("board-viewer", Role.VIEWER)) {
      Page page = visit.open("/#/c/board-viewer");
      assertThat(page.locator("h1")).containsText("board-viewer");

      assertThat(button(page, "Pause")).hasCount(0);
      assertThat(button(page, "Finish…")).hasCount(0);
      assertThat(
              page.locator(".title")
                  .getByText("Review", new Locator.GetByTextOptions().setExact(true)))
          .hasCount(0);
    }
  }

  @Test
  void filtersTheGalleryAndShowsWhatWasSaidOfAnImage(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "board-gallery");
    answer(studio, "board-gallery", images.get(1));
    try (Visit visit = studio.visit("board-gallery", Role.VIEWER)) {
      Page page = visit.open("/#/c/board-gallery/gallery");
      assertThat(page.locator(".tile")).hasCount(3);
      Accessibility.assertClean(page, "gallery");

      page.getByLabel("Class").selectOption("bus");
      assertThat(page.locator(".tile")).hasCount(1);
      assertThat(page).hasURL(Pattern.compile(".*class=bus"));
      page.reload(); // what is shown can be linked to
      assertThat(page.locator(".tile")).hasCount(1);
      page.getByLabel("Class").selectOption("");
      assertThat(page.locator(".tile")).hasCount(3);
      page.getByLabel("Certainty from").fill("0.8");
      page.keyboard().press("Tab");
      assertThat(page.locator(".tile")).hasCount(1);
      page.goBack();
      assertThat(page.locator(".tile")).hasCount(3);

      page.navigate("/#/c/board-gallery/image/" + images.get(1));
      page.reload();
      assertThat(page.locator(".timeline")).containsText("Round 1: predicted");
      assertThat(page.locator(".timeline")).containsText("Round 1: admin answered");
      assertThat(page.locator(".tracks")).containsText("bus");
      assertThat(page.locator("img[src=x]")).hasCount(0);
      Accessibility.assertClean(page, "history of an image");
    }
  }

  @Test
  void saysThatAPersonFoundNothing(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "board-nothing");
    answer(studio, "board-nothing", images.get(2), List.of());
    try (Visit visit = studio.visit("board-nothing", Role.VIEWER)) {
      Page page = visit.open("/#/c/board-nothing/image/" + images.get(2));

      assertThat(page.locator(".timeline .answered")).containsText("nothing there");
      assertThat(page.locator(".timeline .answered")).not().containsText("corrected");
      assertThat(page.locator(".timeline .answered")).not().containsText("touched");
    }
  }

  @Test
  void keepsALongClassNameWithinThePage(Studio studio) throws Exception {
    studio.publish(
        Publication.of("board-long")
            .classes("x".repeat(200), "bus", "tram")
            .picture(Picture.of("board-long.png", 320, 240)));
    studio.door.tell(FakeDoor.waiting(new CampaignName("board-long"), 1, 0, false));
    try (Visit visit = studio.visit("board-long", Role.VIEWER)) {
      Page page = visit.open("/#/c/board-long/gallery");
      assertThat(page.locator(".tile")).hasCount(1);

      assertThat(
              page.evaluate(
                  "() => document.querySelector('.classes').getBoundingClientRect().right"
                      + " <= document.documentElement.clientWidth"))
          .isEqualTo(true);
      assertThat(page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
          .isEqualTo(true);
    }
  }

  @Test
  void showsClassNamesAsTheyAre(Studio studio) throws Exception {
    publish(studio, "board-names");
    try (Visit visit = studio.visit("board-names", Role.OPERATOR)) {
      Page page = visit.open("/#/c/board-names/gallery");

      assertThat(page.getByLabel("Class")).containsText(NASTY);
      assertThat(page.locator("img[src=x]")).hasCount(0);
    }
  }

  @ParameterizedTest
  @CsvSource({"board-light, LIGHT, en-GB", "board-dark, DARK, en-GB", "board-zh, LIGHT, zh-CN"})
  void looksAsItDidWithoutObstacles(String shot, ColorScheme colours, String locale, Studio studio)
      throws Exception {
    publish(studio, shot);
    Person person = studio.person(shot, Role.OPERATOR);
    try (Visit visit =
        studio.visit(
            person,
            how ->
                how.setColorScheme(colours)
                    .setLocale(locale)
                    .setReducedMotion(ReducedMotion.REDUCE))) {
      Page page = visit.open("/#/c/" + shot);
      assertThat(page.locator("h1")).containsText(shot);
      assertThat(page.locator(".forecast")).isVisible(); // the last to come

      Accessibility.assertClean(page, shot);
      Likeness.assertLike(shot, page.screenshot());
    }
  }

  private static Locator button(Page page, String name) {
    return page.getByRole(
        AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  private static Locator dialog(Page page) {
    return page.locator("dialog[open]");
  }

  private static void assertOrdered(Studio studio, String campaign, String... orders) {
    List<String> given =
        Eventually.see(() -> studio.door.orders(campaign), seen -> seen.size() >= orders.length);
    assertThat(given).containsExactly(orders);
  }
}
