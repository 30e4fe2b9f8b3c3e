package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.review.quality.Slices;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.selection.Purpose;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people are checked by without their noticing: known answers, and images shown blind. */
@ExtendWith(Studio.Shared.class)
class HiddenChecksTest {
  private static final String NAME = "hidden";
  private static final String NOTHING = "Nothing to review now";

  /** Half of what people see is known, and half of the rest is shown without proposals. */
  private static final CampaignSpec.Quality CHECKED = new CampaignSpec.Quality(0.8, 0.5, 0.5, 0, 0);

  private static final int IMAGES = 8;

  /** All that a page asks for while it shows images. */
  private static final String ASKED =
      "/api/(me|review/next|review/hidden/r1/b0/[0-9a-f]{64}(/lease)?|images/hidden/[0-9a-f]{64})";

  private final Map<ImageId, JsonNode> fetched = new HashMap<>();
  private final Map<ImageId, String> shown = new HashMap<>();
  private final List<Response> responses = new ArrayList<>();

  private static List<Picture> pictures(String prefix, int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> Picture.of(prefix + "-" + i + ".png", 640, 480).with(0, 0.8, 200, 150, 240, 180))
        .toList();
  }

  @Test
  void lookLikeAnyOtherWorkAndAreCountedInTheEnd(Studio studio) throws Exception {
    Publication publication =
        Publication.of(NAME)
            .quality(CHECKED)
            .pictures(pictures("hidden", IMAGES))
            .known(pictures("hidden-known", IMAGES));
    Set<ImageId> work = Set.copyOf(studio.publish(publication));
    try (Visit visit = studio.visit(NAME, Role.REVIEWER)) {
      visit.context.onResponse(responses::add);
      answerAll(studio, visit.review(NAME), work);
    }
    Set<ImageId> known = new HashSet<>(shown.keySet());
    known.removeAll(work);

    assertAlike(work, known, false);
    assertAlike(work, known, true);
    assertBlind(publication.spec(Path.of(NAME)), work);
    assertCounted(studio, work, known);
  }

  private void answerAll(Studio studio, ReviewPage review, Set<ImageId> work) {
    Locator nothing = review.page.getByText(NOTHING);
    while (!nothing.isVisible() || !shown.keySet().containsAll(work)) {
      review.picture().or(nothing).first().waitFor();
      if (review.picture().isVisible()) {
        review.shown();
        review.assertStored();
        String file = review.image();
        shown.put(
            new ImageId(file.substring(file.lastIndexOf('/') + 1)),
            bare(review.page.locator("main").ariaSnapshot()));
        answer(review);
      }
    }
    for (Response response : List.copyOf(responses)) {
      String path = URI.create(response.url()).getPath();
      if (path.startsWith("/api/")) {
        assertThat(path).matches(ASKED);
      }
      if (path.equals("/api/review/next")) {
        studio
            .json(response.text())
            .get("images")
            .forEach(view -> fetched.put(new ImageId(view.get("image").asText()), view));
      }
    }
  }

  /** There is one car in every picture, and the model sees it. */
  private static void answer(ReviewPage review) {
    if (review.rows().count() > 0) {
      review.acceptAll();
    } else {
      review.press("b");
      review.drag(200, 150, 440, 330);
      review.finish();
    }
  }

  /** Without what differs from one image to the next: names, numbers, times. */
  private static String bare(String text) {
    return text.replaceAll("[0-9a-f]{64}", "IMAGE")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "LEASE")
        .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "TIME")
        .replaceAll("-?[0-9]+(\\.[0-9]+)?", "0");
  }

  private boolean isBlind(ImageId image) {
    return fetched.get(image).get("proposals").isEmpty();
  }

  private Set<ImageId> of(Set<ImageId> images, boolean blind) {
    return images.stream().filter(image -> isBlind(image) == blind).collect(Collectors.toSet());
  }

  /** Whatever is fetched or shown with a known answer also is with some that is not known. */
  private void assertAlike(Set<ImageId> work, Set<ImageId> known, boolean blind) {
    Set<ImageId> probes = of(known, blind);
    Set<ImageId> others = of(work, blind);
    assertThat(probes).as("known answers, blind: %s", blind).isNotEmpty();
    assertThat(others).as("images of the batch, blind: %s", blind).isNotEmpty();
    for (ImageId probe : probes) {
      assertThat(bare(fetched.get(probe).toString()))
          .isIn(others.stream().map(other -> bare(fetched.get(other).toString())).toList());
      assertThat(shown.get(probe)).isIn(others.stream().map(shown::get).toList());
    }
  }

  private void assertBlind(CampaignSpec spec, Set<ImageId> work) {
    RoundId round = new RoundId(spec.name(), 1);
    for (ImageId image : work) {
      boolean blind = Slices.isBlind(spec, round, image, Purpose.ACTIVE);
      assertThat(isBlind(image)).isEqualTo(blind);
      assertThat(shown.get(image).contains("option")).isNotEqualTo(blind);
    }
  }

  private void assertCounted(Studio studio, Set<ImageId> work, Set<ImageId> known) {
    try (Visit visit = studio.visit("hidden-watch", Role.OPERATOR)) {
      Page page = visit.open("/quality?campaign=" + NAME);
      Locator row =
          page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(NAME));
      Locator score = row.locator(".interval").first();
      assertThat(score).containsText("100%");
      assertThat(score).hasAttribute("title", "of " + known.size() + " images");
      Locator pull = page.locator("section").filter(hasText("Pull of proposals"));
      assertThat(pull.locator("div").filter(hasText("Proposals shown")).last())
          .containsText("100%of " + of(work, false).size());
      assertThat(pull.locator("div").filter(hasText("Proposals hidden")).last())
          .containsText("100%of " + of(work, true).size());
    }
  }

  private static Locator.FilterOptions hasText(String text) {
    return new Locator.FilterOptions().setHasText(text);
  }
}
