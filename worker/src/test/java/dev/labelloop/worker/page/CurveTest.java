package dev.labelloop.worker.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.labelloop.activities.account.Role;
import dev.labelloop.activities.evaluation.gate.MapInterval;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.evaluation.HoldoutScore;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The curve of a campaign tells what is stored, by eye, by keyboard and as a table. */
@ExtendWith(Studio.Shared.class)
class CurveTest {
  private static final CampaignName CAMPAIGN = new CampaignName("curve");

  /** Three rounds: before people, after one image (one box touched, 2 min), and after two. */
  private static void publish(Studio studio) throws Exception {
    List<ImageId> images =
        studio.publish(
            Publication.of("curve")
                .picture(Picture.of("curve-a.png", 320, 240).seen(0, 0.9, 20, 30, 100, 60))
                .picture(Picture.of("curve-b.png", 320, 240).seen(1, 0.5, 150, 40, 80, 70)));
    end(studio, 0, new HoldoutScore(0.2504, 0.51), 0.2, 0.3006);
    answer(studio, images.get(0), 120, 40);
    end(studio, 1, new HoldoutScore(0.4321, 0.654), 0.3809, 0.4812);
    answer(studio, images.get(1), 60, 150, 220);
    end(studio, 2, new HoldoutScore(0.5, 0.71), null, null);
    studio.door.tell(FakeDoor.waiting(CAMPAIGN, 2, 2, false));
  }

  private static void end(
      Studio studio, int round, HoldoutScore score, Double lower, Double upper) {
    ModelId champion = new ModelId(Sha256.hex(new byte[] {3, (byte) round}));
    studio.end(
        new RoundId(CAMPAIGN, round),
        champion,
        score,
        new MapInterval(lower, upper, 0.95, 2_000, 7, 40, 40));
  }

  /** Boxes that nobody proposed, one at each of these places. */
  private static void answer(Studio studio, ImageId image, int seconds, int... places) {
    List<Map<String, Object>> boxes =
        Arrays.stream(places)
            .mapToObj(
                x ->
                    Map.<String, Object>of(
                        "x", x, "y", 150, "width", 50, "height", 50, "class", "tram"))
            .toList();
    studio
        .admin()
        .put(
            Studio.key("curve", image),
            0,
            Map.of(
                "submissionId",
                UUID.randomUUID(),
                "outcome",
                "CORRECTED",
                "boxes",
                boxes,
                "seconds",
                seconds))
        .ok();
  }

  @Test
  void tellsPointsAndIntervalsAsTheyAreStored(Studio studio) throws Exception {
    publish(studio);
    try (Visit visit = studio.visit("curve", Role.VIEWER)) {
      Page page = visit.open("/#/c/curve");
      Locator plot = page.locator(".curve .plot");
      Locator said = page.locator(".curve .readout");
      assertThat(said).hasText(Pattern.compile("^Round 2, .*: mAP 0\\.500, AP50 0\\.710\\.$"));

      plot.press("Home");
      assertThat(said).hasText("Round 0, 0 boxes touched: mAP 0.250 (0.200 to 0.301), AP50 0.510.");
      plot.press("ArrowRight");
      assertThat(said)
          .hasText(Pattern.compile(": mAP 0\\.432 \\(0\\.381 to 0\\.481\\), AP50 0\\.654\\.$"));
      page.getByLabel("images reviewed").check();
      assertThat(said).hasText("Round 2, 2 images reviewed: mAP 0.500, AP50 0.710.");
      plot.press("ArrowLeft");
      assertThat(said)
          .hasText("Round 1, 1 image reviewed: mAP 0.432 (0.381 to 0.481), AP50 0.654.");
      page.getByLabel("people's time").check();
      plot.press("Home");
      plot.press("ArrowRight");
      assertThat(said).containsText("Round 1, 2 mins of work: mAP 0.432");
      assertThat(plot)
          .hasAttribute("aria-label", Pattern.compile("3 points, mAP from 0\\.250 to 0\\.500"));
      page.locator(".curve summary").click();
      assertThat(page.locator(".curve tbody tr"))
          .hasText(
              new Pattern[] {
                Pattern.compile("^before0.*0\\.2500\\.200 – 0\\.3010\\.510$"),
                Pattern.compile("^11.*2 min.*0\\.4320\\.381 – 0\\.4810\\.654$"),
                Pattern.compile("^22.*3 min.*0\\.500no interval: 40 holdout images .*0\\.710$")
              });
      Accessibility.assertClean(page, "a campaign with a curve");
    }
  }
}
