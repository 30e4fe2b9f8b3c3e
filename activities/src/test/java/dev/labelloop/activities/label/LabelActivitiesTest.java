package dev.labelloop.activities.label;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.label.LabelRepository.PseudoLabels;
import dev.labelloop.activities.label.quality.RoundAudit;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.campaign.CampaignSpec.PseudoLabelMode;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelResult;
import dev.labelloop.selection.Purpose;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LabelActivitiesTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());
  private final LabelActivitiesImpl activities =
      new LabelActivitiesImpl(
          stores.campaigns,
          stores.predictions,
          stores.batches,
          stores.labels,
          new RoundAudit(stores.suspicions));

  @Test
  void labelsThePoolOnceTheCheckedCandidatesAreRight() {
    RoundId round = predicted("right", PseudoLabelMode.FIXED);
    stores.answers.put(round, Answers.corrected(image("checked"), box(0, 0)), Optional.empty());

    LabelResult result = activities.acceptLabels(round);

    assertThat(result)
        .isEqualTo(
            new LabelResult(
                1,
                1,
                1,
                1,
                1.0,
                true,
                "1 of 1 checked candidates are right: 1.000, at least 0.95 is asked"));
    // 0.95 is a candidate, 0.5 is ignored, 0.05 is background
    assertThat(stores.labels.pseudoLabels(round))
        .containsExactly(new PseudoLabels(image("sure"), List.of(box(10, 1)), List.of(box(40, 1))));
  }

  @Test
  void labelsNoImageThatPeopleAreAskedAboutWhateverTheyAnswer() {
    RoundId round = predicted("asked", PseudoLabelMode.FIXED, "checked", "sure", "unsure");
    stores.answers.put(round, Answers.corrected(image("checked"), box(0, 0)), Optional.empty());
    stores.answers.put(round, Answers.skipped(image("sure")), Optional.empty());

    LabelResult result = activities.acceptLabels(round);

    assertThat(result.accepted()).isTrue();
    assertThat(result.pseudoImages()).isZero();
    assertThat(stores.labels.pseudoLabels(round)).isEmpty();
  }

  @Test
  void labelsNothingWhenTheyAreWrong() {
    RoundId round = predicted("wrong", PseudoLabelMode.FIXED);
    stores.answers.put(round, Answers.corrected(image("checked"), box(0, 1)), Optional.empty());

    assertThat(activities.acceptLabels(round))
        .extracting("accepted", "precision")
        .containsExactly(false, 0.0);
    assertThat(stores.labels.pseudoLabels(round)).isEmpty();
  }

  @Test
  void labelsNothingWhenThePersonSkippedTheSample() {
    RoundId round = predicted("skipped", PseudoLabelMode.FIXED);
    stores.answers.put(round, Answers.skipped(image("checked")), Optional.empty());

    assertThat(activities.acceptLabels(round).verified()).isZero();
    assertThat(stores.labels.pseudoLabels(round)).isEmpty();
  }

  @Test
  void labelsNothingWhereNobodyWantsThat() {
    RoundId round = predicted("off", PseudoLabelMode.OFF);
    stores.answers.put(round, Answers.corrected(image("checked"), box(0, 0)), Optional.empty());

    assertThat(activities.acceptLabels(round).reason()).isEqualTo("pseudo-labels are off");
    assertThat(stores.labels.pseudoLabels(round)).isEmpty();
  }

  @Test
  void aDecisionStaysAsItIs() {
    RoundId round = predicted("decided", PseudoLabelMode.FIXED);
    stores.answers.put(round, Answers.corrected(image("checked"), box(0, 0)), Optional.empty());
    LabelResult first = activities.acceptLabels(round);
    stores.answers.put(round, Answers.corrected(image("checked"), box(0, 1)), Optional.empty());
    var before = POSTGRES.rows();

    assertThat(activities.acceptLabels(round)).isEqualTo(first);
    assertThat(POSTGRES.rows()).isEqualTo(before);
  }

  private RoundId predicted(String campaign, PseudoLabelMode mode) {
    return predicted(campaign, mode, "checked");
  }

  private RoundId predicted(String campaign, PseudoLabelMode mode, String... asked) {
    RoundId round =
        stores.campaign(
            Specs.of(campaign).pseudoLabels(mode, 0.9, 0.95).build(),
            List.of("checked", "sure", "unsure"),
            List.of());
    stores.predict(
        round,
        Map.of(
            "checked", List.of(found(0, 0, 0.92)),
            "sure", List.of(found(10, 1, 0.95), found(40, 1, 0.5), found(70, 1, 0.05)),
            "unsure", List.of(found(20, 0, 0.89))));
    stores.ask(round, Purpose.VERIFY, 50, asked);
    return round;
  }
}
