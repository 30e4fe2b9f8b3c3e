package dev.labelloop.activities.evaluation.dashboard;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Marked;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Order;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Place;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Tile;
import dev.labelloop.activities.evaluation.dashboard.Gallery.Wanted;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.label.LabelRepository.PseudoLabels;
import dev.labelloop.activities.label.quality.Doubt;
import dev.labelloop.activities.label.quality.Suspicion;
import dev.labelloop.activities.label.quality.SuspicionKind;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.activities.review.Answer;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.activities.review.simulated.SimulatedReviewTool;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.RoundId;
import dev.labelloop.label.LabelResult;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.review.ReviewOutcome;
import dev.labelloop.selection.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One campaign: "by-anna" has a car and a bus by a person who touched both, "by-tool" a car by the
 * simulated reviewer, "by-model" a bus by a model, of which a later one thinks otherwise, "alone"
 * is predicted to show a bus and, too unsure to be shown, a car, "unseen" is not predicted, "gold"
 * is of the holdout.
 */
class GalleryRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final CampaignName CAMPAIGN = new CampaignName("gallery");
  private static final Wanted ANY = new Wanted(null, null, null, null, null, null, false);
  private static final int CAR = 0;
  private static final int BUS = 1;

  private final GalleryRepository gallery = new GalleryRepository(POSTGRES.database());

  @BeforeAll
  static void fill() {
    Stores stores = new Stores(POSTGRES.database());
    RoundId first =
        stores.campaign(
            Specs.of("gallery").build(),
            List.of("by-anna", "by-tool", "by-model", "alone", "unseen", "broken"),
            List.of("gold"),
            Map.of("gold", List.of(box(0, CAR))));
    stores.images.quarantine(CAMPAIGN, "broken", "it ends too early");
    predict(stores, first, 0.5, Map.of("by-anna", List.of(found(0, CAR, 0.5))));
    stores.ask(first, Purpose.ACTIVE, 50, "by-anna", "by-tool");
    stores.answers.put(
        first, Answers.corrected(image("by-anna"), box(0, CAR), box(20, BUS)), Optional.empty());
    stores.answers.put(first, simulated("by-tool"), Optional.empty());
    RoundId second = new RoundId(CAMPAIGN, 2);
    predict(
        stores,
        second,
        0.2,
        Map.of(
            "by-model", List.of(found(0, BUS, 0.95)),
            "alone", List.of(found(0, BUS, 0.5), found(30, CAR, 0.1))));
    stores.labels.insertIfAbsent(
        second,
        new LabelResult(1, 1, 0, 1, 1.0, true, "by a test"),
        Stores.MODEL.value(),
        List.of(
            new PseudoLabels(image("by-model"), List.of(box(0, BUS)), List.of()),
            new PseudoLabels(image("by-anna"), List.of(box(0, BUS)), List.of())),
        List.of(
            new Doubt(
                new Suspicion(
                    image("by-model"), SuspicionKind.SWAPPED, box(0, BUS), box(0, CAR), 0.9, 0.1),
                null)));
  }

  private static void predict(
      Stores stores, RoundId round, double uncertainty, Map<String, List<Detection>> byName) {
    stores.predictions.preparePartition(round.number());
    List<Row> rows =
        byName.entrySet().stream()
            .map(e -> new Row(image(e.getKey()), uncertainty, e.getValue(), new short[0]))
            .toList();
    stores.predictions.insertShard(
        new ShardRef(round, 0, Stores.MODEL), new ShardResult(rows.size(), 0, 0), rows);
  }

  private static Answer simulated(String name) {
    return new Answer(
        image(name),
        UUID.randomUUID(),
        ReviewOutcome.ACCEPTED,
        List.of(box(0, CAR)),
        SimulatedReviewTool.REVIEWER,
        null,
        3,
        1,
        0);
  }

  @Test
  void tellsWhereEachLabelComesFrom() {
    assertThat(tile("by-anna"))
        .satisfies(
            tile -> {
              assertThat(tile.source()).isEqualTo(Source.PERSON);
              assertThat(tile.maker()).isEqualTo("anna");
              assertThat(tile.round()).isEqualTo(1);
              assertThat(tile.touched()).isEqualTo(2);
              assertThat(tile.certainty()).isEqualTo(0.5);
              assertThat(tile.boxes())
                  .containsExactly(
                      new Marked(box(0, CAR).box(), CAR, null),
                      new Marked(box(20, BUS).box(), BUS, null));
            });
    assertThat(tile("by-tool").source()).isEqualTo(Source.SIMULATED);
    assertThat(tile("by-model").source()).isEqualTo(Source.MODEL);
    assertThat(tile("by-model").round()).isEqualTo(2);
    assertThat(tile("by-model").suspicions()).isEqualTo(1);
    assertThat(tile("unseen").source()).isEqualTo(Source.NONE);
    assertThat(tile("unseen").certainty()).isNull();
    assertThat(tile("gold").source()).isEqualTo(Source.FILE);
    assertThat(tile("gold").holdout()).isTrue();
  }

  @Test
  void showsWhatAModelSawWhereThereIsNoLabel() {
    assertThat(tile("alone").boxes())
        .singleElement()
        .satisfies(box -> assertThat(box.confidence()).isEqualTo(0.5));
  }

  @Test
  void leavesOutFilesThatCannotBeRead() {
    assertThat(names(ANY)).hasSize(6).doesNotContain(image("broken"));
  }

  @Test
  void findsAClassInLabelsAndElseInWhatPeopleAreShown() {
    assertThat(names(wanted(BUS, null, null)))
        .containsExactlyInAnyOrder(image("by-anna"), image("by-model"), image("alone"));
    assertThat(names(wanted(CAR, null, null)))
        .containsExactlyInAnyOrder(image("by-anna"), image("by-tool"), image("gold"));
  }

  @Test
  void findsASourceARoundAndTheHoldout() {
    assertThat(names(wanted(null, Source.MODEL, null))).containsExactly(image("by-model"));
    assertThat(names(wanted(null, Source.PERSON, null))).containsExactly(image("by-anna"));
    assertThat(names(wanted(null, null, 1)))
        .containsExactlyInAnyOrder(image("by-anna"), image("by-tool"));
    assertThat(names(new Wanted(null, null, true, null, null, null, false)))
        .containsExactly(image("gold"));
  }

  @Test
  void findsWhatAModelWasUnsureOf() {
    assertThat(names(new Wanted(null, null, null, null, 0.7, 1.0, false)))
        .containsExactlyInAnyOrder(image("by-model"), image("alone"));
    assertThat(names(new Wanted(null, null, null, null, 0.0, 0.6, false)))
        .containsExactly(image("by-anna"));
  }

  @Test
  void findsWherePeopleAndModelsDisagree() {
    assertThat(names(new Wanted(null, null, null, null, null, null, true)))
        .containsExactlyInAnyOrder(image("by-anna"), image("by-model"));
  }

  @Test
  void ordersByCertaintyAndByDisagreement() {
    List<Tile> byCertainty = gallery.page(CAMPAIGN, ANY, Order.CERTAINTY, null, 10).tiles();
    assertThat(byCertainty.get(0).image()).isEqualTo(image("by-anna"));
    assertThat(byCertainty.get(5).certainty()).isNull();

    assertThat(gallery.page(CAMPAIGN, ANY, Order.DISAGREEMENT, null, 1).tiles().get(0).image())
        .isEqualTo(image("by-anna"));
  }

  @Test
  void leadsThroughAllImagesOnceInEveryOrderAndPageSize() {
    for (Order order : Order.values()) {
      for (int limit : IntStream.rangeClosed(1, 7).toArray()) {
        List<ImageId> seen = new ArrayList<>();
        Place after = null;
        do {
          Gallery page = gallery.page(CAMPAIGN, ANY, order, after, limit);
          page.tiles().forEach(tile -> seen.add(tile.image()));
          after = page.next();
        } while (after != null);
        assertThat(seen).as("%s by %d", order, limit).hasSize(6).doesNotHaveDuplicates();
      }
    }
  }

  private static Wanted wanted(Integer classIndex, Source source, Integer round) {
    return new Wanted(classIndex, source, null, round, null, null, false);
  }

  private List<ImageId> names(Wanted wanted) {
    return gallery.page(CAMPAIGN, wanted, Order.ID, null, 100).tiles().stream()
        .map(Tile::image)
        .toList();
  }

  private Tile tile(String name) {
    return gallery.page(CAMPAIGN, ANY, Order.ID, null, 100).tiles().stream()
        .filter(tile -> tile.image().equals(image(name)))
        .findFirst()
        .orElseThrow();
  }
}
