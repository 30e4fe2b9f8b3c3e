package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.labelloop.activities.account.Role;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Watching over people's answers. */
@ExtendWith(Studio.Shared.class)
class QualityPageTest {
  private static final CampaignSpec.Quality ALL_CHECKED = new CampaignSpec.Quality(0.8, 0, 0, 1, 0);

  private static List<Picture> pictures(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                Picture.of(name + "-" + i + ".png", 320, 240)
                    .with(0, 0.9, 20 + i, 30, 100, 60)
                    .with(1, 0.5, 180, 120, 80, 70))
        .toList();
  }

  /** Answers the next image over HTTP. */
  private static void answer(Person person, String campaign, List<Map<String, Object>> boxes) {
    JsonNode view =
        person
            .post("/api/review/next", Map.of("campaign", campaign, "holds", List.of(), "count", 1))
            .ok()
            .at("/images/0");
    person
        .put(
            view.get("key").asText(),
            view.get("version").asInt(),
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

  private static Map<String, Object> box(double x, double y, String name) {
    return Map.of("x", x, "y", y, "width", 80, "height", 60, "class", name);
  }

  @Test
  void letsAnOperatorDecideWhatTwoDisagreeOn(Studio studio) throws Exception {
    List<ImageId> images =
        studio.publish(Publication.of("judge").overlap(2).pictures(pictures("judge", 1)));
    answer(studio.person("judge-a", Role.REVIEWER), "judge", List.of(box(20, 30, "car")));
    answer(studio.person("judge-b", Role.REVIEWER), "judge", List.of(box(200, 150, "tram")));
    try (Visit visit = studio.visit("judge", Role.OPERATOR)) {
      Page page = visit.open("/quality?campaign=judge");
      assertThat(page.getByRole(AriaRole.TABLE)).containsText("judge-a");
      Accessibility.assertClean(page, "quality, people");
      tab(page, "Disagreements").click();
      assertThat(page.locator("main")).containsText("They agree by 0%");
      Accessibility.assertClean(page, "quality, disagreements");

      page.locator("figure").filter(hasText("judge-b")).locator("button.primary").click();

      assertThat(page.locator("main")).containsText("Nothing to decide");
      JsonNode ledger = studio.admin().get("/api/campaigns/judge/quality").ok().get("ledger");
      assertThat(ledger.at("/byPurpose/ADJUDICATION/seconds").asDouble()).isPositive();
      JsonNode settled = studio.admin().get("/api/batches/judge/r1/b0").ok();
      assertThat(settled.at("/images/0/answered").asBoolean()).isTrue();
      assertThat(settled.at("/images/0/image").asText()).isEqualTo(images.get(0).value());
    }
  }

  @Test
  void leadsFromTheDashboardToWhatIsToBeDecided(Studio studio) throws Exception {
    studio.publish(Publication.of("torn").overlap(2).pictures(pictures("torn", 1)));
    studio.door.tell(FakeDoor.waiting(new CampaignName("torn"), 1, 0, false));
    Person first = studio.person("torn-a", Role.REVIEWER);
    answer(first, "torn", List.of(box(20, 30, "car")));
    answer(studio.person("torn-b", Role.REVIEWER), "torn", List.of(box(200, 150, "tram")));
    try (Visit visit = studio.visit(first, how -> {})) {
      Page page = visit.open("/");
      Locator row = page.getByRole(AriaRole.ROW).filter(hasText("torn"));
      assertThat(row).containsText("1 for a decision");
      assertThat(row).not().containsText("waits");
      assertThat(row.locator("a[href^='/quality']")).hasCount(0);
    }
    try (Visit visit = studio.visit("torn", Role.OPERATOR)) {
      Page page = visit.open("/#/c/torn");
      assertThat(page.locator("main")).containsText("People have answered every image");
      assertThat(page.locator("main")).not().containsText("Done by");
      Accessibility.assertClean(page, "a campaign that waits for a decision");

      page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("1 for a decision"))
          .click();

      assertThat(page).hasURL(Pattern.compile(".*/quality\\?campaign=torn#disagreements"));
      assertThat(page.locator("main")).containsText("They agree by 0%");
    }
  }

  @Test
  void sendsAnAnswerBackToWhoGaveIt(Studio studio) throws Exception {
    studio.publish(Publication.of("checks").quality(ALL_CHECKED).pictures(pictures("checks", 2)));
    Person worker = studio.person("checks-worker", Role.REVIEWER);
    answer(worker, "checks", List.of(box(20, 30, "car")));
    try (Visit visit = studio.visit("checks", Role.OPERATOR)) {
      Page page = visit.open("/quality?campaign=checks");
      tab(page, "Checks").click();
      assertThat(page.locator("main")).containsText("Answer of checks-worker");
      Accessibility.assertClean(page, "quality, checks");

      page.getByLabel("Comment").fill("the bus <b>is</b> missing");
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Send back")).click();
      assertThat(page.locator("#toasts")).containsText("Sent back to checks-worker");
    }
    try (Visit visit = studio.visit(worker, how -> {})) {
      ReviewPage review = visit.review("checks");

      assertThat(review.page.locator(".panel-head .status"))
          .containsText("checks sent this image back: the bus <b>is</b> missing");
    }
  }

  @Test
  void letsReviewersCheckEachOtherAndSeeNoScores(Studio studio) throws Exception {
    studio.publish(Publication.of("peers").quality(ALL_CHECKED).pictures(pictures("peers", 2)));
    Person worker = studio.person("peers-worker", Role.REVIEWER);
    answer(worker, "peers", List.of(box(20, 30, "car")));
    try (Visit visit = studio.visit(worker, how -> {})) {
      Page page = visit.open("/quality?campaign=peers");
      assertThat(page.locator("main h2")).hasText("Nothing to check"); // but the own answer
    }
    try (Visit visit = studio.visit("peers", Role.REVIEWER)) {
      Page page = visit.open("/quality?campaign=peers");
      assertThat(page.locator("main")).containsText("Answer of peers-worker");
      assertThat(page.getByRole(AriaRole.TAB)).hasCount(0);
      Accessibility.assertClean(page, "quality, a reviewer's");

      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Right")).click();

      assertThat(page.locator("main h2")).hasText("Nothing to check");
    }
  }

  @Test
  void pausesAPersonWithAReason(Studio studio) throws Exception {
    studio.publish(Publication.of("pauses").pictures(pictures("pauses", 2)));
    Person worker = studio.person("pauses-worker", Role.REVIEWER);
    answer(worker, "pauses", List.of(box(20, 30, "car")));
    try (Visit visit = studio.visit("pauses", Role.OPERATOR)) {
      Page page = visit.open("/quality?campaign=pauses");
      page.getByRole(AriaRole.ROW)
          .filter(hasText("pauses-worker"))
          .getByRole(AriaRole.BUTTON)
          .click();
      page.locator("dialog[open] textarea").fill("let us talk about buses first");
      page.locator("dialog[open] button.primary").click();
      assertThat(page.locator("#toasts")).containsText("pauses-worker is paused");
      Accessibility.assertClean(page, "quality, somebody paused");
      tab(page, "Time and cost").click();
      assertThat(page.locator("main")).containsText("Seconds for each kind of work");
      Accessibility.assertClean(page, "quality, costs");
    }
    try (Visit visit = studio.visit(worker, how -> {})) {
      Page page = visit.open("/review?campaign=pauses");
      assertThat(page.locator(".curtain")).containsText("let us talk about buses first");
    }
  }

  private static Locator tab(Page page, String name) {
    return page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(name));
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
