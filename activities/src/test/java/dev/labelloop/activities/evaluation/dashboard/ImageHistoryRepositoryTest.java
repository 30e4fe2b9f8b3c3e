package dev.labelloop.activities.evaluation.dashboard;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.dashboard.ImageHistory.Answered;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.label.LabelRepository.PseudoLabels;
import dev.labelloop.activities.label.quality.Doubt;
import dev.labelloop.activities.label.quality.Suspicion;
import dev.labelloop.activities.label.quality.SuspicionKind;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelResult;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.selection.Purpose;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ImageHistoryRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());
  private final ImageHistoryRepository histories = new ImageHistoryRepository(POSTGRES.database());

  @Test
  void tellsWhatModelsAndPeopleSaidInTheirOrder() {
    RoundId first = stores.campaign(Specs.of("history").build(), List.of("a"), List.of());
    RoundId second = new RoundId(first.campaign(), 2);
    stores.predict(first, Map.of("a", List.of(found(0, 0, 0.95), found(20, 1, 0.2))));
    accept(first, List.of(new PseudoLabels(image("a"), List.of(box(0, 0)), List.of(box(20, 1)))));
    stores.predict(second, Map.of("a", List.of(found(1, 1, 0.8))));
    stores.ask(second, Purpose.RECHECK, 50, "a");
    stores.answers.put(second, Answers.corrected(image("a"), box(1, 1)), Optional.empty());
    stores.answers.put(second, Answers.skipped(image("a")), Optional.empty());
    stores.labels.insertIfAbsent(
        second,
        new LabelResult(0, 0, 0, 0, null, false, "by a test"),
        Stores.MODEL.value(),
        List.of(),
        List.of(
            new Doubt(
                new Suspicion(
                    image("a"), SuspicionKind.BADLY_LOCATED, box(0, 0), box(1, 0), 0.8, 0.25),
                1)));

    ImageHistory history = histories.find(first.campaign(), image("a")).orElseThrow();

    assertThat(history.image().path()).isEqualTo("a");
    assertThat(history.holdout()).isFalse();
    assertThat(history.quarantine()).isNull();
    assertThat(history.predictions()).extracting(p -> p.round()).containsExactly(1, 2);
    assertThat(history.predictions().get(0).model()).isEqualTo(Stores.MODEL);
    assertThat(history.predictions().get(0).found()).hasSize(2);
    assertThat(history.pseudoLabels())
        .singleElement()
        .satisfies(pseudo -> assertThat(pseudo.ignore()).containsExactly(box(20, 1)));
    assertThat(history.answers())
        .extracting(Answered::outcome)
        .containsExactly("CORRECTED", "SKIPPED");
    Answered answer = history.answers().get(0);
    assertThat(answer.reviewer()).isEqualTo("anna");
    assertThat(answer.seconds()).isEqualTo(12.5);
    assertThat(answer.purpose()).isEqualTo("RECHECK");
    assertThat(answer.why()).isEqualTo("asked by a test");
    assertThat(answer.at()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
    assertThat(history.annotations()).hasSize(2); // drawn, and taken back by the skip
    assertThat(history.annotations().get(0).boxes()).containsExactly(box(1, 1));
    assertThat(history.annotations().get(0).at())
        .isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
    assertThat(history.annotations().get(1).boxes()).isNull();
    assertThat(history.suspicions())
        .singleElement()
        .satisfies(
            s -> {
              assertThat(s.kind()).isEqualTo("badly located");
              assertThat(s.label()).isEqualTo(box(0, 0));
              assertThat(s.instead()).isEqualTo(box(1, 0));
            });
  }

  @Test
  void tellsOfTheHoldoutWhatEachModelSaw() {
    RoundId round =
        stores.campaign(
            Specs.of("holdout").build(),
            List.of("p"),
            List.of("h"),
            Map.of("h", List.of(box(0, 0))));
    stores.predictions.insertHoldout(
        new HoldoutRef(round.campaign(), Stores.MODEL),
        new ShardResult(1, 1, 0),
        List.of(new Row(image("h"), 0.5, List.of(found(0, 0, 0.5)), new short[0])));

    ImageHistory history = histories.find(round.campaign(), image("h")).orElseThrow();

    assertThat(history.holdout()).isTrue();
    assertThat(history.predictions())
        .singleElement()
        .satisfies(
            seen -> {
              assertThat(seen.round()).isNull();
              assertThat(seen.model()).isEqualTo(Stores.MODEL);
            });
    assertThat(history.annotations().get(0).maker()).isEqualTo("file gold.json");
  }

  @Test
  void knowsNoImageThatIsNotRegistered() {
    RoundId round = stores.campaign(Specs.of("none").build(), List.of("a"), List.of());

    assertThat(histories.find(round.campaign(), image("elsewhere"))).isEmpty();
  }

  private void accept(RoundId round, List<PseudoLabels> labels) {
    stores.labels.insertIfAbsent(
        round,
        new LabelResult(1, 1, 1, 1, 1.0, true, "by a test"),
        Stores.MODEL.value(),
        labels,
        List.of());
  }
}
