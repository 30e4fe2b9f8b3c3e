package dev.labelloop.activities.selection;

import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.core.BatchId;
import dev.labelloop.core.RoundId;
import dev.labelloop.dataset.Amendment;
import dev.labelloop.dataset.AmendmentRequest;
import dev.labelloop.prediction.Detection;
import dev.labelloop.selection.Purpose;
import dev.labelloop.selection.SelectionRequest;
import dev.labelloop.selection.SelectionResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SelectionActivitiesTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final List<String> POOL = IntStream.range(0, 20).mapToObj(i -> "p" + i).toList();

  private final Stores stores = new Stores(POSTGRES.database());
  private final SelectionActivitiesImpl activities =
      new SelectionActivitiesImpl(
          stores.campaigns,
          stores.images,
          stores.predictions,
          stores.batches,
          stores.rechecks,
          stores.likeness);

  @Test
  void spendsTheBudgetInBatches() {
    RoundId round = campaign("budget");

    SelectionResult chosen = activities.selectImages(new SelectionRequest(round, true));

    // 30 % of 20 = 6 images; a third of them audited, 10 % (rounded up: 1) verified; 4 a batch
    assertThat(chosen).isEqualTo(new SelectionResult(6, 2, 3, 2, 1));
    assertThat(stores.batches.open(round)).containsExactly(round.batch(0), round.batch(1));
    assertThat(stores.batches.items(round.batch(0))).hasSize(4);
    assertThat(stores.batches.items(round.batch(1))).hasSize(2);
    assertThat(stores.batches.ofPurpose(round, Purpose.VERIFY)).containsExactly(image("p0"));
  }

  @Test
  void spendsTheBudgetThatIsInForce() {
    RoundId round = campaign("amended");
    stores.campaigns.amend(
        new AmendmentRequest(round.campaign(), "one", new Amendment(0.5, null, null, null)));

    // 50 % of 20 = 10 images, instead of the 6 specified; 4 a batch
    SelectionResult chosen = activities.selectImages(new SelectionRequest(round, true));
    assertThat(chosen.images()).isEqualTo(10);
    assertThat(chosen.batches()).isEqualTo(3);

    stores.campaigns.amend(
        new AmendmentRequest(round.campaign(), "two", new Amendment(0.1, null, null, null)));
    assertThat(activities.selectImages(new SelectionRequest(round, true)))
        .as("a draw stays as it is")
        .isEqualTo(chosen);
  }

  @Test
  void aDrawStaysAsItIs() {
    RoundId round = campaign("drawn");
    SelectionResult first = activities.selectImages(new SelectionRequest(round, true));
    var before = POSTGRES.rows();

    assertThat(activities.selectImages(new SelectionRequest(round, true))).isEqualTo(first);
    assertThat(POSTGRES.rows()).isEqualTo(before);
  }

  @Test
  void asksForNoImageTwice() {
    RoundId first = campaign("twice");
    activities.selectImages(new SelectionRequest(first, false));
    var asked =
        first(first).stream()
            .flatMap(batch -> stores.batches.items(batch).stream())
            .map(BatchRepository.Item::image)
            .toList();
    asked.forEach(i -> stores.answers.put(first, Answers.corrected(i), Optional.empty()));
    RoundId second = new RoundId(first.campaign(), 2);

    activities.selectImages(new SelectionRequest(second, false));

    assertThat(first(second).stream().flatMap(batch -> stores.batches.items(batch).stream()))
        .extracting(BatchRepository.Item::image)
        .hasSize(6)
        .doesNotContainAnyElementsOf(asked);
  }

  @Test
  void asksForNoImageThatLooksLikeOneOfTheHoldout() {
    RoundId round =
        stores.campaign(
            Specs.of("alike").budget(1, 0).build(),
            List.of("a", "b"),
            List.of("h"),
            Map.of(),
            Map.of("a", "h"));
    stores.predict(round, Map.of("a", List.of(found(0, 0, 0.9)), "b", List.of(found(0, 0, 0.5))));
    RoundId next = new RoundId(round.campaign(), 2);

    activities.selectImages(new SelectionRequest(round, true));
    activities.selectImages(new SelectionRequest(next, false));

    assertThat(List.of(round, next))
        .allSatisfy(
            of ->
                assertThat(stores.batches.items(of.batch(0)))
                    .extracting(BatchRepository.Item::image)
                    .containsExactly(image("b")));
  }

  @Test
  void laysTheWholeHoldoutBeforePeople() {
    RoundId round =
        stores.campaign(
            Specs.of("gold").tool("page", 2).build(), List.of("a"), List.of("h1", "h2", "h3"));
    RoundId zero = new RoundId(round.campaign(), 0);

    assertThat(activities.selectHoldout(zero)).isEqualTo(new SelectionResult(3, 2, 0, 0, 0));
    assertThat(stores.batches.ofPurpose(zero, Purpose.HOLDOUT))
        .containsExactlyInAnyOrder(image("h1"), image("h2"), image("h3"));
  }

  private List<BatchId> first(RoundId round) {
    return stores.batches.open(round);
  }

  /** One image of the pool has a pseudo-label candidate. */
  private RoundId campaign(String name) {
    RoundId round =
        stores.campaign(
            Specs.of(name).budget(0.3, 1.0 / 3).tool("page", 4).build(), POOL, List.of());
    Map<String, List<Detection>> predicted = new TreeMap<>();
    for (String image : POOL) {
      predicted.put(image, List.of(found(0, 0, image.equals("p0") ? 0.95 : 0.6)));
    }
    stores.predict(round, predicted);
    return round;
  }
}
