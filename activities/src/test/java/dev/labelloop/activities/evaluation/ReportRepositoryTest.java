package dev.labelloop.activities.evaluation;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.CampaignReport.Origin;
import dev.labelloop.activities.evaluation.CampaignReport.Picture;
import dev.labelloop.activities.evaluation.CampaignReport.Quarantined;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.label.LabelRepository.PseudoLabels;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.AmendmentRequest;
import dev.labelloop.label.LabelResult;
import dev.labelloop.selection.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReportRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());

  @Test
  void tellsWhereEachLabelCameFrom() {
    CampaignSpec spec = Specs.of("origins").build();
    RoundId round = stores.campaign(spec, List.of("a", "b", "c", "d"), List.of("h"));
    stores.ask(round, Purpose.ACTIVE, 50, "a", "b");
    stores.answers.put(
        round, Answers.corrected(image("a"), box(1, 0), box(9, 1)), Optional.empty());
    stores.answers.put(round, Answers.skipped(image("b")), Optional.empty());
    // The model labels a as well, where a person's word stands, and c and d.
    stores.labels.insertIfAbsent(
        round,
        new LabelResult(3, 4, 0, 1, 1.0, true, "by a test"),
        Stores.MODEL.value(),
        List.of(
            new PseudoLabels(image("a"), List.of(box(2, 0)), List.of()),
            new PseudoLabels(image("c"), List.of(box(3, 0), box(30, 0)), List.of()),
            new PseudoLabels(image("d"), List.of(box(4, 0)), List.of())),
        List.of());
    Amendment amendment = new Amendment(0.05, Duration.ofDays(1), null, null);
    stores.campaigns.amend(new AmendmentRequest(round.campaign(), "one", amendment));
    stores.images.quarantine(round.campaign(), "broken.jpg", "it ends too early");

    CampaignReport report =
        stores.reports.report(spec, stores.images.summary(round.campaign()).orElseThrow());

    assertThat(report.origins())
        .containsExactly(new Origin("anna", 1, 2), new Origin("model", 2, 3));
    assertThat(report.pictures())
        .extracting(Picture::image)
        .containsExactlyInAnyOrder(image("a"), image("c"), image("d"))
        .startsWith(image("a"));
    assertThat(report.amendments())
        .singleElement()
        .satisfies(
            amended -> {
              assertThat(amended.number()).isEqualTo(1);
              assertThat(amended.what()).isEqualTo(amendment);
              assertThat(amended.when()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
            });
    assertThat(report.quarantine())
        .containsExactly(new Quarantined("broken.jpg", "it ends too early"));
  }
}
