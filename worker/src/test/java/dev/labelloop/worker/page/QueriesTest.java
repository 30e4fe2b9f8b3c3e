package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import dev.labelloop.activities.account.Role;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ImageId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Single boxes are asked about, not images. */
@ExtendWith(Studio.Shared.class)
class QueriesTest {
  private static List<ImageId> publish(Studio studio, String name) throws Exception {
    return studio.publish(
        Publication.of(name)
            .asking(CampaignSpec.Asking.BOXES)
            .sureFrom(0.9)
            .picture(
                Picture.of(name + ".png", 640, 480)
                    .with(0, 0.95, 40, 60, 200, 120)
                    .with(1, 0.6, 300, 60, 200, 120)
                    .with(2, 0.4, 120, 300, 240, 100)
                    .seen(0, 0.5, 500, 300, 100, 100))
            .picture(Picture.of(name + "-2.png", 640, 480).with(1, 0.6, 300, 60, 200, 120)));
  }

  @Test
  void asksBoxAfterBoxAndStoresTheVerdicts(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "ask-all");
    try (Visit visit = studio.visit("ask-all", Role.REVIEWER)) {
      ReviewPage review = visit.review("ask-all");
      assertThat(review.rows()).hasCount(3); // the certain one is not asked about
      assertThat(review.banner()).containsText("Is this one whole tram, and does the box fit?");
      assertThat(review.banner()).containsText("Question 1 of 3");

      review.press("a");
      assertThat(review.banner()).containsText("car");
      review.press("x");
      assertThat(review.banner()).containsText("Question 3 of 3");
      review.press("ArrowRight", "ArrowRight"); // mended
      assertThat(review.banner()).containsText("All questions answered");
      Request put =
          review.page.waitForRequest(
              request -> request.method().equals("PUT"), () -> review.press("Enter"));

      JsonNode body = studio.json(put.postData());
      assertThat(body.has("boxes")).isFalse();
      assertThat(body.get("outcome").asText()).isEqualTo("CORRECTED");
      assertThat(body.get("queries").findValuesAsText("verdict"))
          .containsExactly("CORRECT", "NOT_OBJECT", "FIXED");
      JsonNode answer = studio.answer("ask-all", images.get(0));
      assertThat(answer.get("boxes").findValuesAsText("class")).containsExactly("bus", "tram");
      assertThat(answer.get("boxes").get(0).get("x").asDouble()).isEqualTo(302);
    }
  }

  @Test
  void goesOnByItselfAfterTheLastVerdictAndComesBackByUndo(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "ask-on");
    try (Visit visit = studio.visit("ask-on", Role.REVIEWER)) {
      ReviewPage review = visit.review("ask-on");
      String first = review.image();
      review.pressWithCare("a", "a", "x"); // no Enter
      review.waitForOther(first);
      assertThat(studio.answer("ask-on", images.get(0)).get("boxes")).hasSize(2);

      String second = review.image();
      review.pressWithCare("z", "z");
      review.waitForOther(second);
      assertThat(review.picture()).hasAttribute("src", first);
      assertThat(review.banner()).containsText("All questions answered");
      review.assertStates("accepted", "accepted", "rejected");
      review.pressWithCare("Tab", "x"); // the verdict on the second is another now
      review.assertGone(first);
    }
  }

  @Test
  void waitsForEnterAfterAVerdictInNoTime(Studio studio) throws Exception {
    studio.publish(
        Publication.of("ask-hasty")
            .asking(CampaignSpec.Asking.BOXES)
            .picture(Picture.of("ask-hasty.png", 640, 480).with(1, 0.6, 300, 60, 200, 120)));
    try (Visit visit = studio.visit("ask-hasty", Role.REVIEWER)) {
      ReviewPage review = visit.review("ask-hasty");
      review.pressAtOnce("ArrowRight", "x");

      assertThat(review.line()).containsText("That was quick");
      assertThat(review.banner()).containsText("All questions answered");
      review.pressWithCare("Enter");
      assertThat(review.page.locator(".curtain")).isVisible();
    }
  }

  @Test
  void doesNotAskWhatIsMissingOrLetsAnybodyDraw(Studio studio) throws Exception {
    publish(studio, "ask-only");
    try (Visit visit = studio.visit("ask-only", Role.REVIEWER)) {
      ReviewPage review = visit.review("ask-only");

      review.press("b");
      review.assertSays("Only single boxes are asked here");
      review.press("Enter");
      review.assertSays("3 questions are open");
      assertThat(review.page.locator(".ways").getByText("No objects")).not().isVisible();
    }
  }

  @Test
  void asksAboutTheClassOrThePlaceAloneWhereTheOtherIsCertain(Studio studio) throws Exception {
    publish(studio, "ask-part");
    try (Visit visit = studio.visit("ask-part", Role.REVIEWER)) {
      visit.context.route("**/api/review/next", route -> askingPartly(studio, route));
      ReviewPage review = visit.review("ask-part");

      assertThat(review.banner()).containsText("Is this a tram?");
      review.press("a");
      assertThat(review.banner()).containsText("Does the box fit this car?");
      review.press("3"); // the class is certain, and stays
      review.assertSelected("car", "open");
      review.press("a");
      assertThat(review.banner()).containsText("Is this one whole bus");
    }
  }

  /** What a server says of a label in doubt: of one box the class is certain, of one the place. */
  private static void askingPartly(Studio studio, Route route) {
    APIResponse response = route.fetch();
    String body = response.text();
    JsonNode queries = studio.json(body).at("/images/0/queries");
    String asked =
        body.replace(
            queries.toString(),
            queries
                .toString()
                .replaceFirst("\\[\"class\",\"geometry\"\\]", "[\"class\"]")
                .replaceFirst("\\[\"class\",\"geometry\"\\]", "[\"geometry\"]"));
    route.fulfill(new Route.FulfillOptions().setResponse(response).setBody(asked));
  }
}
