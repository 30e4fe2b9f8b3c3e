package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.ImageId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing that a person did is lost or done twice, whatever happens around the page. */
@ExtendWith(Studio.Shared.class)
class ResilienceTest {
  private static List<ImageId> publish(Studio studio, String name, int images) throws Exception {
    Publication publication = Publication.of(name);
    for (int i = 0; i < images; i++) {
      publication.picture(
          Picture.of(name + i + ".png", 640, 480)
              .with(0, 0.9, 40, 60, 200, 120)
              .with(1, 0.6, 300 + i, 80, 160, 140));
    }
    return studio.publish(publication);
  }

  /** Counts pictures that have come: those can be worked on without a network. */
  private static AtomicInteger pictures(Visit visit) {
    AtomicInteger pictures = new AtomicInteger();
    visit.context.onRequestFinished(
        request -> {
          if (request.url().contains("/api/images/")) {
            pictures.incrementAndGet();
          }
        });
    return pictures;
  }

  @Test
  void goesOnAfterAReloadInTheMiddleOfAnImage(Studio studio) throws Exception {
    publish(studio, "hold-reload", 1);
    try (Visit visit = studio.visit("hold-reload", Role.REVIEWER)) {
      ReviewPage review = visit.review("hold-reload");
      review.press("x", "Shift+ArrowRight");
      review.assertSelected("car", "edited");

      review.page.reload();
      review.shown();

      assertThat(review.page.locator(".panel-head .status"))
          .containsText("unfinished work on this image is back");
      review.assertStates("rejected", "edited");
      review.row("car").click();
      review.assertBox(50, 60, 200, 120);
    }
  }

  @Test
  void givesTwoTabsOfOnePersonDifferentImages(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "hold-tabs", 6);
    try (Visit visit = studio.visit("hold-tabs", Role.REVIEWER)) {
      visit.context.clock().install();
      ReviewPage first = visit.review("hold-tabs");
      ReviewPage second = visit.review("hold-tabs");
      Set<String> seen = new HashSet<>();

      for (ReviewPage tab : List.of(first, second, first, second, first)) {
        tab.page.bringToFront();
        tab.shown();
        assertThat(seen.add(tab.image())).as("opened once: %s", tab.image()).isTrue();
        tab.acceptAll();
      }
      first.page.close(); // what it holds is free for the other, which looks for it now and then
      second.page.bringToFront();
      second.page.waitForCondition(
          () -> {
            visit.context.clock().runFor(15_000);
            return second.picture().isVisible();
          });
      second.shown();
      second.acceptAll();

      for (ImageId image : images) {
        assertThat(studio.answer("hold-tabs", image).get("reviewer").asText())
            .isEqualTo("hold-tabs");
        assertThat(version(studio, "hold-tabs", image)).isEqualTo(1);
      }
    }
  }

  @Test
  void keepsAnswersWhileTheNetworkIsGone(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "hold-offline", 3);
    try (Visit visit = studio.visit("hold-offline", Role.REVIEWER)) {
      AtomicInteger pictures = pictures(visit);
      ReviewPage review = visit.review("hold-offline");
      review.page.waitForCondition(() -> pictures.get() == 3);
      visit.context.setOffline(true);

      review.acceptAll();
      review.shown(); // loaded before
      assertThat(review.badge()).containsText("No connection: 1 kept here");
      assertThat(review.page.locator(".status .campaign").boundingBox().width)
          .as("the campaign's name beside these words")
          .isGreaterThan(60);
      review.acceptAll();
      review.shown();
      assertThat(review.badge()).containsText("No connection: 2 kept here");
      visit.context.setOffline(false);

      review.assertStored();
      studio.answer("hold-offline", images.get(0));
      studio.answer("hold-offline", images.get(1));
    }
  }

  @Test
  void sendsWhatAClosedPageCouldNot(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "hold-closed", 2);
    try (Visit visit = studio.visit("hold-closed", Role.REVIEWER)) {
      ReviewPage review = visit.review("hold-closed");
      visit.context.setOffline(true);
      review.acceptAll();
      assertThat(review.badge()).containsText("1 kept here");
      review.page.close(new Page.CloseOptions().setRunBeforeUnload(false));
      visit.context.setOffline(false);

      ReviewPage again = visit.review("hold-closed");

      assertThat(studio.answer("hold-closed", images.get(0)).get("boxes")).hasSize(2);
      assertThat(again.picture()).hasAttribute("src", Pattern.compile(images.get(1).value()));
    }
  }

  @Test
  void storesOnceWhatIsSentTwice(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "hold-resend", 2);
    try (Visit visit = studio.visit("hold-resend", Role.REVIEWER)) {
      AtomicInteger puts = new AtomicInteger();
      visit.context.route(
          "**/api/review/**",
          route -> {
            boolean put = route.request().method().equals("PUT");
            if (put && puts.incrementAndGet() == 1) {
              route.fetch(); // the server has it, and its word is lost
              route.abort();
            } else {
              route.resume();
            }
          });
      ReviewPage review = visit.review("hold-resend");

      review.acceptAll();

      review.assertStored();
      assertThat(puts.get()).isGreaterThanOrEqualTo(2);
      assertThat(version(studio, "hold-resend", images.get(0))).isEqualTo(1);
    }
  }

  @Test
  void bearsARestartOfTheServer(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "hold-restart", 3);
    try (Visit visit = studio.visit("hold-restart", Role.REVIEWER)) {
      visit.context.clock().install();
      AtomicInteger pictures = pictures(visit);
      ReviewPage review = visit.review("hold-restart");
      review.page.waitForCondition(() -> pictures.get() == 3);
      String url = studio.url();

      studio.stop();
      try {
        review.acceptAll();
        assertThat(review.badge()).containsText("1 kept here");
      } finally {
        studio.startAgain(url);
      }
      visit.context.clock().runFor(30_000); // the longest that it waits to send again

      review.assertStored();
      studio.answer("hold-restart", images.get(0));
      review.shown();
      review.acceptAll();
      studio.answer("hold-restart", images.get(1));
    }
  }

  @Test
  void asksWhichOfTwoAnswersStands(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "hold-race", 3);
    try (Visit visit = studio.visit("hold-race", Role.REVIEWER)) {
      ReviewPage review = visit.review("hold-race");
      answerElsewhere(visit.person, "hold-race", images.get(0), 25);

      review.acceptAll();
      assertThat(review.dialog()).containsText("Somebody answered an image while you did");
      assertThat(review.badge()).hasText("1 answer waits for your decision");
      Accessibility.assertClean(review.page, "the question which answer stands");
      button(review, "Mine").click();

      review.assertStored();
      assertThat(version(studio, "hold-race", images.get(0))).isEqualTo(2);
      assertThat(studio.answer("hold-race", images.get(0)).get("boxes")).hasSize(2);

      review.shown();
      answerElsewhere(visit.person, "hold-race", images.get(1), 35);
      review.acceptAll();
      button(review, "The other").click();
      review.assertStored();
      assertThat(version(studio, "hold-race", images.get(1))).isEqualTo(1);
      assertThat(studio.answer("hold-race", images.get(1)).at("/boxes/0/x").asDouble())
          .isEqualTo(35);
    }
  }

  @Test
  void tellsWhoLostAnImageToSomebodyElse(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "hold-lost", 2);
    Person other = studio.person("hold-lost-other", Role.REVIEWER);
    try (Visit visit = studio.visit("hold-lost", Role.REVIEWER)) {
      visit.context.clock().install();
      ReviewPage review = visit.review("hold-lost");
      studio
          .admin()
          .post("/api/batches/hold-lost/r1/b0/reassign", Map.of("from", "hold-lost"))
          .ok();
      JsonNode taken =
          other
              .post(
                  "/api/review/next",
                  Map.of("campaign", "hold-lost", "holds", List.of(), "count", 1))
              .ok();
      assertThat(taken.at("/images/0/image").asText()).isEqualTo(images.get(0).value());

      visit.context.clock().runFor(31_000); // the next beat

      assertThat(review.page.locator(".curtain")).containsText("went to somebody else");
      button(review, "Next image").click();
      review.shown();
      assertThat(review.image()).contains(images.get(1).value());
    }
  }

  @Test
  void saysWhyAnAnswerWasRefused(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "hold-refused", 2);
    Person other = studio.person("hold-refused-other", Role.REVIEWER);
    try (Visit visit = studio.visit("hold-refused", Role.REVIEWER)) {
      ReviewPage review = visit.review("hold-refused");
      studio
          .admin()
          .post("/api/batches/hold-refused/r1/b0/reassign", Map.of("from", "hold-refused"))
          .ok();
      other
          .post(
              "/api/review/next",
              Map.of("campaign", "hold-refused", "holds", List.of(), "count", 1))
          .ok();

      review.acceptAll();

      assertThat(review.dialog()).containsText("is with somebody else now");
      button(review, "Let it go").click();
      assertThat(review.dialog()).hasCount(0);
      assertThat(studio.view("hold-refused", images.get(0)).get("answer").isNull()).isTrue();
    }
  }

  @Test
  void goesOnWhenWhoeverWasSignedOutIsBack(Studio studio) throws Exception {
    List<ImageId> images = publish(studio, "hold-session", 2);
    try (Visit visit = studio.visit("hold-session", Role.REVIEWER)) {
      ReviewPage review = visit.review("hold-session");
      visit.context.clearCookies();

      review.acceptAll();
      assertThat(review.dialog()).containsText("You are signed out");
      String link =
          studio
              .admin()
              .post("/api/accounts/hold-session/link", Map.of())
              .ok()
              .get("link")
              .asText();
      visit.open(link.substring(link.indexOf("/login"))).waitForURL("**/");

      review.assertStored();
      studio.answer("hold-session", images.get(0));
    }
  }

  private static Locator button(ReviewPage review, String name) {
    return review.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private static int version(Studio studio, String campaign, ImageId image) {
    return studio.view(campaign, image).get("version").asInt();
  }

  /** The same person answers on another machine: one box. */
  private static void answerElsewhere(Person person, String campaign, ImageId image, double x) {
    person
        .put(
            Studio.key(campaign, image),
            0,
            Map.of(
                "submissionId",
                UUID.randomUUID(),
                "outcome",
                "CORRECTED",
                "boxes",
                List.of(Map.of("x", x, "y", 60, "width", 100, "height", 100, "class", "tram")),
                "seconds",
                2))
        .ok();
  }
}
