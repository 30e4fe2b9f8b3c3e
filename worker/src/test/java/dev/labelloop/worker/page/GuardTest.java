package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Request;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.ImageId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What keeps a tired person from waving boxes through. */
@ExtendWith(Studio.Shared.class)
class GuardTest {
  @Test
  void acceptsTheRestOnlyWhenEveryBoxWasOnTheScreen(Studio studio) throws Exception {
    studio.publish(
        Publication.of("guard-seen")
            .picture(
                Picture.of("guard-seen.jpg", 3000, 2000)
                    .with(0, 0.8, 100, 100, 200, 150)
                    .with(1, 0.4, 2600, 1700, 80, 60)
                    .with(2, 0.6, 1500, 300, 6, 6))); // a speck, however the picture is shown whole
    try (Visit visit = studio.visit("guard-seen", Role.REVIEWER)) {
      ReviewPage review = visit.review("guard-seen");
      review.assertSelected("bus", "open"); // from close by: no other is on the screen

      review.press("Enter");
      review.assertSays("2 boxes were not on the screen yet");
      review.assertStates("open", "open", "open");
      review.assertSelected("tram", "open");
      review.still();
      review.press("Enter");
      review.assertSays("One box was not on the screen yet");
      review.assertSelected("car", "open");
      review.still();
      review.press("Enter");
      review.assertStates("accepted", "accepted", "accepted");
      assertThat(review.banner()).containsText("Is anything missing?");
    }
  }

  @Test
  void countsNothingAsSeenThatIsHidden(Studio studio) throws Exception {
    studio.publish(
        Publication.of("guard-hidden")
            .picture(
                Picture.of("guard-hidden.jpg", 3000, 2000)
                    .with(0, 0.8, 100, 100, 200, 150)
                    .with(1, 0.4, 2600, 1700, 80, 60)));
    try (Visit visit = studio.visit("guard-hidden", Role.REVIEWER)) {
      ReviewPage review = visit.review("guard-hidden");

      review.press("h", "f");
      review.still();
      review.press("Enter");

      review.assertSays("not on the screen yet");
    }
  }

  @Test
  void asksForALookForMissingObjectsBeforeTheNextImage(Studio studio) throws Exception {
    List<ImageId> images =
        studio.publish(
            Publication.of("guard-pass")
                .picture(Picture.of("guard-pass.png", 640, 480).with(0, 0.8, 40, 60, 200, 120)));
    try (Visit visit = studio.visit("guard-pass", Role.REVIEWER)) {
      ReviewPage review = visit.review("guard-pass");
      String image = review.image();

      review.pressAtOnce("Enter", "Enter", "Enter");
      review.assertSays("One look over the whole image first");
      assertThat(review.image()).isEqualTo(image);
      review.look();
      Request put =
          review.page.waitForRequest(
              request -> request.method().equals("PUT"), () -> review.press("Enter"));

      JsonNode timing = studio.json(put.postData()).get("timing");
      assertThat(timing.get("passMs").asInt()).isGreaterThanOrEqualTo(300);
      assertThat(timing.get("activeMs").asInt())
          .isGreaterThanOrEqualTo(timing.get("passMs").asInt());
      assertThat(timing.get("firstActionMs").asInt()).isPositive();
      assertThat(timing.get("events").findValuesAsText("kind")).contains("seen", "accept-rest");
      studio.answer("guard-pass", images.get(0));
    }
  }

  @Test
  void saysThatAVerdictWasHasty(Studio studio) throws Exception {
    studio.publish(
        Publication.of("guard-hasty")
            .picture(
                Picture.of("guard-hasty.png", 640, 480)
                    .with(0, 0.8, 40, 60, 200, 120)
                    .with(1, 0.6, 300, 60, 200, 120)
                    .with(2, 0.5, 300, 260, 200, 120)));
    try (Visit visit = studio.visit("guard-hasty", Role.REVIEWER)) {
      ReviewPage review = visit.review("guard-hasty");

      review.pressWithCare("a");
      assertThat(review.line()).containsText("accepted");
      review.pressAtOnce("a", "a");
      assertThat(review.line()).containsText("That was quick");
      review.assertStates("accepted", "accepted", "accepted"); // it counts all the same
    }
  }

  @Test
  void showsACertainBoxAsAcceptedWithoutAKey(Studio studio) throws Exception {
    List<ImageId> images =
        studio.publish(
            Publication.of("guard-sure")
                .sureFrom(0.9)
                .picture(
                    Picture.of("guard-sure.png", 640, 480)
                        .with(0, 0.95, 40, 60, 200, 120)
                        .with(1, 0.6, 300, 60, 200, 120)));
    try (Visit visit = studio.visit("guard-sure", Role.REVIEWER)) {
      ReviewPage review = visit.review("guard-sure");
      review.assertStates("open", "sure");

      review.press("a");
      review.finish();

      assertThat(studio.answer("guard-sure", images.get(0)).get("boxes")).hasSize(2);
    }
  }

  @Test
  void opensAnImageOfCertainBoxesWithTheLookForMissingOnes(Studio studio) throws Exception {
    studio.publish(
        Publication.of("guard-all")
            .sureFrom(0.9)
            .picture(Picture.of("guard-all.png", 640, 480).with(0, 0.95, 40, 60, 200, 120)));
    try (Visit visit = studio.visit("guard-all", Role.REVIEWER)) {
      ReviewPage review = visit.review("guard-all");

      assertThat(review.banner()).containsText("Is anything missing?");
      review.press("x"); // a certain box can be wrong
      review.assertStates("rejected");
    }
  }
}
