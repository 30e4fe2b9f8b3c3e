package dev.labelloop.activities.trainingset;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.label.LabelRepository.PseudoLabels;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.activities.trainingset.Manifest.Item;
import dev.labelloop.activities.trainingset.Manifest.Origin;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelResult;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import dev.labelloop.trainingset.TrainingSetRef;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TrainingSetActivitiesTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());
  private final TrainingSetActivitiesImpl activities =
      new TrainingSetActivitiesImpl(stores.labels, stores.trainingSets, stores.nearDuplicates);

  @Test
  void aPersonsBoxesStandBeforeAModels() {
    RoundId round = round("people");
    acceptPseudoLabels(round, "a", "b");
    stores.ask(round, Purpose.VERIFY, 50, "a");
    stores.answers.put(round, Answers.corrected(image("a"), box(3, 1)), Optional.empty());

    TrainingSetRef set = activities.freezeTrainingSet(round);

    assertThat(set)
        .extracting("images", "humanImages", "pseudoImages", "boxes")
        .containsExactly(2, 1, 1, 2);
    assertThat(stores.trainingSets.manifest(round).items())
        .containsExactlyInAnyOrder(
            new Item(image("a"), Origin.ANNOTATION, List.of(box(3, 1)), List.of()),
            new Item(image("b"), Origin.PSEUDO_LABEL, List.of(box(50, 0)), List.of(box(70, 0))));
  }

  @Test
  void equalLabelsMakeAnEqualSetInWhateverOrderTheyCame() {
    RoundId one = round("order-1");
    stores.ask(one, Purpose.ACTIVE, 50, "a", "b");
    stores.answers.put(one, Answers.corrected(image("a"), box(1, 0), box(2, 1)), Optional.empty());
    stores.answers.put(one, Answers.corrected(image("b")), Optional.empty());
    RoundId other = round("order-2");
    stores.ask(other, Purpose.ACTIVE, 50, "a", "b");
    stores.answers.put(other, Answers.corrected(image("b")), Optional.empty());
    stores.answers.put(other, Answers.corrected(image("a"), box(9, 0)), Optional.empty());
    stores.answers.put(
        other, Answers.corrected(image("a"), box(2, 1), box(1, 0)), Optional.empty());

    assertThat(activities.freezeTrainingSet(one)).isEqualTo(activities.freezeTrainingSet(other));
  }

  @Test
  void whatNobodyLookedAtIsNotTaughtAsBackground() {
    RoundId round = round("regions");
    stores.ask(round, Purpose.ACTIVE, 50, "a");
    Answer answer =
        new Answer(
            image("a"),
            UUID.randomUUID(),
            ReviewOutcome.CORRECTED,
            List.of(box(1, 0)),
            List.of(box(70, 1), box(30, 1)),
            "ann",
            null,
            1,
            1,
            0);
    stores.answers.put(round, answer, Optional.of(0));

    activities.freezeTrainingSet(round);

    assertThat(stores.trainingSets.manifest(round).items())
        .containsExactly(
            new Item(
                image("a"),
                Origin.ANNOTATION,
                List.of(box(1, 0)),
                List.of(box(30, 1), box(70, 1))));
  }

  @Test
  void aFrozenSetStaysAsItIs() {
    RoundId round = round("frozen");
    stores.ask(round, Purpose.ACTIVE, 50, "a");
    stores.answers.put(round, Answers.corrected(image("a")), Optional.empty());
    TrainingSetRef first = activities.freezeTrainingSet(round);
    stores.answers.put(round, Answers.corrected(image("a"), box(4, 1)), Optional.empty());

    assertThat(activities.freezeTrainingSet(round)).isEqualTo(first);
    assertThat(stores.trainingSets.manifest(round).id()).isEqualTo(first.id());
  }

  @Test
  void pseudoLabelsOfEarlierRoundsAreHistory() {
    RoundId first = round("remade");
    acceptPseudoLabels(first, "a", "b");
    RoundId second = new RoundId(first.campaign(), 2);
    acceptPseudoLabels(second, "b");

    activities.freezeTrainingSet(second);

    assertThat(stores.trainingSets.manifest(second).items())
        .extracting("image")
        .containsExactly(image("b"));
  }

  @Test
  void labelsOfAnImageThatLooksLikeOneOfTheHoldoutAreLeftOut() {
    RoundId round =
        stores.campaign(
            Specs.of("alike").build(),
            List.of("a", "b", "c"),
            List.of("h"),
            Map.of(),
            Map.of("a", "h", "b", "h"));
    acceptPseudoLabels(round, "b", "c");
    stores.ask(round, Purpose.ACTIVE, 50, "a");
    stores.answers.put(round, Answers.corrected(image("a")), Optional.empty());

    activities.freezeTrainingSet(round);

    assertThat(stores.trainingSets.manifest(round).items())
        .extracting("image")
        .containsExactly(image("c"));
    assertThat(POSTGRES.rows())
        .filteredOn(row -> row.startsWith("training_set (alike"))
        .singleElement(STRING)
        .endsWith(",2)");
  }

  private RoundId round(String campaign) {
    return stores.campaign(Specs.of(campaign).build(), List.of("a", "b"), List.of());
  }

  private void acceptPseudoLabels(RoundId round, String... names) {
    stores.labels.insertIfAbsent(
        round,
        new LabelResult(names.length, names.length, names.length, 1, 1.0, true, "by a test"),
        Stores.MODEL.value(),
        Arrays.stream(names)
            .map(name -> new PseudoLabels(image(name), List.of(box(50, 0)), List.of(box(70, 0))))
            .toList(),
        List.of());
  }
}
