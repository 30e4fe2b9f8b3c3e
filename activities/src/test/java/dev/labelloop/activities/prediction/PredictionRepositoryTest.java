package dev.labelloop.activities.prediction;

import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.dataset.StoredImage;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.core.ImageId;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.PredictionPlan;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.selection.Purpose;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PredictionRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());

  @Test
  void givesBackWhatAShardHolds() {
    RoundId round = campaign("whole", "a", "b");
    ShardRef shard = new ShardRef(round, 0, Stores.MODEL);
    List<Detection> seen = List.of(found(1, 0, 0.75), found(20, 1, 0.5));

    stores.predictions.insertShard(
        shard, new ShardResult(2, 2, 0), List.of(row("a", seen), row("b", List.of())));

    assertThat(stores.predictions.findShard(shard)).contains(new ShardResult(2, 2, 0));
    assertThat(stores.predictions.ofImage(round, image("a"))).isEqualTo(seen);
    assertThat(stores.predictions.ofImage(round, image("b"))).isEmpty();
    assertThat(stores.predictions.modelOf(round)).contains(Stores.MODEL);
  }

  @Test
  void keepsTheFirstOfTwoAttemptsOnAShard() {
    RoundId round = campaign("repeated", "a");
    ShardRef shard = new ShardRef(round, 0, Stores.MODEL);
    stores.predictions.insertShard(
        shard, new ShardResult(1, 1, 0), List.of(row("a", List.of(found(1, 0, 0.75)))));
    var before = POSTGRES.rows();

    stores.predictions.insertShard(
        shard, new ShardResult(1, 1, 0), List.of(row("a", List.of(found(9, 1, 0.25)))));

    assertThat(POSTGRES.rows()).isEqualTo(before);
  }

  @Test
  void storesAShardOnceWhenTwoAttemptsComeTogether() throws Exception {
    RoundId round = campaign("together", "a", "b");
    ShardRef shard = new ShardRef(round, 0, Stores.MODEL);
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> attempts =
          List.of(
              workers.submit(() -> insertAt(start, shard, "a", "b")),
              workers.submit(() -> insertAt(start, shard, "a", "b")));
      for (Future<?> attempt : attempts) {
        attempt.get();
      }
    } finally {
      workers.shutdown();
    }

    assertThat(POSTGRES.rows().stream().filter(r -> r.startsWith("prediction (together")))
        .hasSize(2);
    assertThat(POSTGRES.rows().stream().filter(r -> r.startsWith("prediction_shard (together")))
        .hasSize(1);
  }

  private Void insertAt(CyclicBarrier start, ShardRef shard, String... images) throws Exception {
    List<Row> rows = Arrays.stream(images).map(name -> row(name, List.of())).toList();
    start.await();
    stores.predictions.insertShard(shard, new ShardResult(rows.size(), 0, 0), rows);
    return null;
  }

  @Test
  void storesNoShardOfASecondModelInOneRound() {
    RoundId round = campaign("mixed", "a", "b");
    ShardRef other = new ShardRef(round, 1, new ModelId("f".repeat(64)));
    stores.predictions.insertShard(
        new ShardRef(round, 0, Stores.MODEL),
        new ShardResult(1, 0, 0),
        List.of(row("a", List.of())));
    var before = POSTGRES.rows();

    stores.predictions.insertShard(other, new ShardResult(1, 0, 0), List.of(row("b", List.of())));

    assertThat(POSTGRES.rows()).isEqualTo(before);
    assertThat(stores.predictions.findShard(other)).isEmpty();
  }

  @Test
  void storesShardsOfOneModelWhenTheFirstOfTwoComeTogether() throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ExecutorService workers = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < 10; i++) {
        RoundId round = campaign("first" + i, "a", "b");
        ShardRef one = new ShardRef(round, 0, Stores.MODEL);
        ShardRef other = new ShardRef(round, 1, new ModelId("f".repeat(64)));
        List<Future<?>> attempts =
            List.of(
                workers.submit(() -> insertAt(start, one, "a")),
                workers.submit(() -> insertAt(start, other, "b")));
        for (Future<?> attempt : attempts) {
          attempt.get();
        }

        assertThat(stores.predictions.findShard(one).isPresent())
            .isNotEqualTo(stores.predictions.findShard(other).isPresent());
      }
    } finally {
      workers.shutdown();
    }
  }

  @Test
  void keepsNothingOfAShardThatBreaksOff() {
    RoundId round = campaign("broken", "a", "b");
    ShardRef shard = new ShardRef(round, 0, Stores.MODEL);
    List<Row> rows = List.of(row("a", List.of()), row("b", List.of(found(1, 1 << 16, 0.5))));
    var before = POSTGRES.rows();

    assertThatThrownBy(() -> stores.predictions.insertShard(shard, new ShardResult(2, 1, 0), rows))
        .hasMessage("class index 65536 is not below 65536");

    assertThat(POSTGRES.rows()).isEqualTo(before);
    assertThat(stores.predictions.findShard(shard)).isEmpty();
  }

  @Test
  void cutsThePoolIntoShardsThatStayAsTheyAreWhenPeopleLabel() {
    RoundId round =
        stores.campaign(
            Specs.of("shards").shardSize(2).build(), List.of("a", "b", "c", "d", "e"), List.of());
    List<ImageId> sorted =
        stores.images.unlabelledPool(round.campaign()).stream().map(StoredImage::id).toList();
    ImageId labelled = sorted.get(2);

    // 5 images, 2 a shard: 3 shards
    assertThat(stores.predictions.plan(round.campaign())).isEqualTo(new PredictionPlan(5, 3));
    assertThat(shard(round, 1)).containsExactly(sorted.get(2), sorted.get(3));

    stores.batches.insertIfAbsent(
        round, "test", List.of(Answers.item(labelled, Purpose.ACTIVE)), 50);
    stores.answers.put(round, Answers.corrected(labelled), Optional.empty());

    assertThat(stores.predictions.plan(round.campaign())).isEqualTo(new PredictionPlan(4, 3));
    assertThat(shard(round, 1)).containsExactly(sorted.get(3));
    assertThat(shard(round, 2)).containsExactly(sorted.get(4));
  }

  @Test
  void readsThePoolInTheOrderOfIdsWithoutWhatPeopleLabelled() {
    RoundId round = campaign("pool", "a", "b", "c");
    stores.predict(round, Map.of("a", List.of(found(1, 0, 0.5)), "b", List.of(), "c", List.of()));
    stores.ask(round, Purpose.ACTIVE, 50, "b");
    stores.answers.put(round, Answers.corrected(image("b")), Optional.empty());

    List<ImageId> read =
        stores.predictions.readPool(round, images -> images.map(PredictedImage::image).toList());

    assertThat(read).containsExactlyInAnyOrder(image("a"), image("c")).isSorted();
  }

  @Test
  void keepsTheFirstPredictionOfTheHoldout() {
    RoundId round = stores.campaign(Specs.of("gold").build(), List.of("a"), List.of("h"));
    HoldoutRef holdout = new HoldoutRef(round.campaign(), Stores.MODEL);
    stores.predictions.insertHoldout(
        holdout, new ShardResult(1, 1, 0), List.of(row("h", List.of(found(1, 0, 0.75)))));
    var before = POSTGRES.rows();

    stores.predictions.insertHoldout(holdout, new ShardResult(1, 0, 0), List.of());

    assertThat(POSTGRES.rows()).isEqualTo(before);
    assertThat(stores.predictions.findHoldout(holdout)).contains(new ShardResult(1, 1, 0));
    assertThat(stores.predictions.holdout(round.campaign(), Stores.MODEL))
        .isEqualTo(Map.of(image("h"), List.of(found(1, 0, 0.75))));
  }

  private RoundId campaign(String name, String... pool) {
    RoundId round = stores.campaign(Specs.of(name).build(), List.of(pool), List.of());
    stores.predictions.preparePartition(round.number());
    return round;
  }

  private List<ImageId> shard(RoundId round, int shard) {
    return stores.predictions.shardImages(new ShardRef(round, shard, Stores.MODEL)).stream()
        .map(StoredImage::id)
        .toList();
  }

  private static Row row(String name, List<Detection> detections) {
    return new Row(image(name), 0.5, detections, new short[] {1, 2});
  }
}
