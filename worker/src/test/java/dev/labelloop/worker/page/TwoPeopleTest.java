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
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two people at the same image, each with a browser of their own. */
@ExtendWith(Studio.Shared.class)
class TwoPeopleTest {
  private static Picture street(String file) {
    return Picture.of(file, 640, 480).with(0, 0.9, 40, 60, 200, 120).drawn(1, 400, 300, 120, 100);
  }

  @Test
  void letWhoComesLateDecideWhichAnswerStands(Studio studio) throws Exception {
    List<ImageId> images =
        studio.publish(
            Publication.of("pair-race")
                .picture(street("pair-race-a.png"))
                .picture(street("pair-race-b.png")));
    try (Visit late = studio.visit("pair-race-late", Role.REVIEWER);
        Visit early = studio.visit("pair-race-early", Role.REVIEWER)) {
      ReviewPage mine = late.review("pair-race");
      takeAway(studio, "pair-race", "pair-race-late");
      ReviewPage theirs = early.review("pair-race");
      assertThat(theirs.image()).isEqualTo(mine.image()); // both have it open
      theirs.press("x");
      theirs.finish();
      theirs.shown();
      theirs.press("x");
      theirs.finish();
      for (ImageId image : images) {
        assertThat(studio.answer("pair-race", image).get("boxes")).isEmpty();
      }

      mine.acceptAll();
      assertThat(mine.dialog()).containsText("Somebody answered an image while you did");
      choose(mine, "Mine");
      mine.assertStored();
      assertAnswer(studio, images.get(0), "pair-race-late", 1, 2);

      mine.shown();
      mine.acceptAll();
      assertThat(mine.dialog()).containsText("Somebody answered an image while you did");
      choose(mine, "The other");
      mine.assertStored();
      assertAnswer(studio, images.get(1), "pair-race-early", 0, 1);
    }
  }

  /** As an operator does when somebody is away: what they hold goes to others. */
  private static void takeAway(Studio studio, String campaign, String from) {
    String path = "/api/batches/" + campaign + "/r1/b0/reassign";
    studio.admin().post(path, Map.of("from", from)).ok();
  }

  private static void choose(ReviewPage review, String answer) {
    review.dialog().getByText(answer, new Locator.GetByTextOptions().setExact(true)).click();
  }

  private static void assertAnswer(
      Studio studio, ImageId image, String reviewer, int boxes, int version) {
    JsonNode view = studio.view("pair-race", image);
    assertThat(view.at("/answer/reviewer").asText()).isEqualTo(reviewer);
    assertThat(view.at("/answer/boxes")).hasSize(boxes);
    assertThat(view.get("version").asInt()).isEqualTo(version);
  }

  @Test
  void leaveToAnOperatorWhatTheyDisagreeOn(Studio studio) throws Exception {
    List<ImageId> images =
        studio.publish(Publication.of("pair").overlap(2).picture(street("pair.png")));
    try (Visit first = studio.visit("pair-first", Role.REVIEWER);
        Visit second = studio.visit("pair-second", Role.REVIEWER)) {
      ReviewPage one = first.review("pair");
      ReviewPage other = second.review("pair"); // each has a seat
      one.acceptAll();
      one.assertStored();
      other.assertStates("open"); // and sees nothing of the other's answer
      other.press("x", "b", "2");
      other.drag(400, 300, 520, 400);
      other.finish();
      other.assertStored();
    }
    try (Visit visit = studio.visit("pair-judge", Role.OPERATOR)) {
      Page page = visit.open("/quality?campaign=pair");
      page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Disagreements")).click();
      assertThat(page.locator("main")).containsText("They agree by 0%");
      assertThat(page.locator("figure")).hasCount(2);
      Locator figure = page.locator("figure");
      assertThat(figure.filter(hasText("pair-first"))).containsText("1 box");
      figure.filter(hasText("pair-second")).locator("button.primary").click();
      assertThat(page.locator("main")).containsText("Nothing to decide");
    }
    JsonNode settled = studio.admin().get("/api/batches/pair/r1/b0").ok().at("/images/0");
    assertThat(settled.get("answered").asBoolean()).isTrue();
    assertThat(settled.get("image").asText()).isEqualTo(images.get(0).value());
    try (Visit visit = studio.visit("pair-viewer", Role.VIEWER)) {
      Page page = visit.open("/#/c/pair/image/" + images.get(0));
      assertThat(page.locator(".timeline")).containsText("pair-judge");
      assertThat(page.locator(".timeline"))
          .containsText(
              Pattern.compile("pair-first[\\s\\S]*pair-second|pair-second[\\s\\S]*pair-first"));
    }
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
