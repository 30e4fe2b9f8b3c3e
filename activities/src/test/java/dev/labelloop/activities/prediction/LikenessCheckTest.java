package dev.labelloop.activities.prediction;

import static dev.labelloop.activities.Stores.MODEL;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.detector.Float16;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.ShardRef;
import dev.labelloop.prediction.ShardResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LikenessCheckTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final List<String> STRANGERS = List.of("s0", "s1", "s2", "s3", "s4");

  private final Stores stores = new Stores(POSTGRES.database());

  @Test
  void measuresTheAngleAlone() {
    assertThat(LikenessCheck.distance(halves(1, 2), halves(2, 4))).isCloseTo(0, within(1e-12));
    assertThat(LikenessCheck.distance(halves(1, 0), halves(0, 3))).isEqualTo(1);
    // cos 45° = 0.7071
    assertThat(LikenessCheck.distance(halves(1, 0), halves(1, 1))).isCloseTo(0.2929, within(1e-4));
    assertThat(LikenessCheck.distance(halves(0, 0), halves(1, 1))).isNaN();
  }

  @Test
  void whatLooksUnlikeToTheModelComesBack() {
    RoundId round = campaign("judged");
    predictHoldout(round, MODEL);
    predictPool(round, MODEL);

    stores.likeness.decide(round);

    assertThat(stores.nearDuplicates.keptOut(round.campaign()))
        .as("strangers are at 1: a is at 0, b at 0.68; of c nothing is known")
        .containsExactlyInAnyOrder(image("a"), image("c"));
  }

  @Test
  void theFirstModelThatSawBothDecides() {
    RoundId round = campaign("first");
    ModelId other = new ModelId(Sha256.hex("other".getBytes(StandardCharsets.UTF_8)));
    predictHoldout(round, other);
    predictPool(round, MODEL);
    stores.likeness.decide(round);
    assertThat(stores.nearDuplicates.keptOut(round.campaign()))
        .as("two models have predicted them")
        .hasSize(3);

    predictHoldout(round, MODEL);
    stores.likeness.decide(round);
    var decided = POSTGRES.rows();
    stores.likeness.decide(round);

    assertThat(stores.nearDuplicates.keptOut(round.campaign())).hasSize(2);
    assertThat(POSTGRES.rows()).isEqualTo(decided);
  }

  private RoundId campaign(String name) {
    return stores.campaign(
        Specs.of(name).build(),
        Stream.concat(Stream.of("a", "b", "c"), STRANGERS.stream()).toList(),
        List.of("h"),
        Map.of(),
        Map.of("a", "h", "b", "h", "c", "h"));
  }

  private void predictHoldout(RoundId round, ModelId model) {
    stores.predictions.insertHoldout(
        new HoldoutRef(round.campaign(), model),
        new ShardResult(1, 0, 0),
        List.of(new Row(image("h"), 1, List.of(), halves(1, 1))));
  }

  private void predictPool(RoundId round, ModelId model) {
    stores.predictions.preparePartition(round.number());
    List<Row> rows = new ArrayList<>();
    rows.add(new Row(image("a"), 1, List.of(), halves(2, 2)));
    rows.add(new Row(image("b"), 1, List.of(), halves(1, -0.5f)));
    rows.add(new Row(image("c"), 1, List.of(), halves(0, 0)));
    STRANGERS.forEach(s -> rows.add(new Row(image(s), 1, List.of(), halves(1, -1))));
    stores.predictions.insertShard(
        new ShardRef(round, 0, model), new ShardResult(rows.size(), 0, 0), rows);
  }

  private static short[] halves(float x, float y) {
    return new short[] {Float16.of(x), Float16.of(y)};
  }
}
