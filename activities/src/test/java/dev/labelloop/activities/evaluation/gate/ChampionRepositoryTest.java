package dev.labelloop.activities.evaluation.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.evaluation.gate.ChampionRepository.Change;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.evaluation.Champion;
import dev.labelloop.evaluation.ComparisonRequest;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RollBackRequest;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.model.InitialModelResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChampionRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final int LAST = 3;

  private final Stores stores = new Stores(POSTGRES.database());
  private CampaignSpec spec;

  @Test
  void goesBackStepByStepToTheInitialModel() {
    begin("steps");
    compare(1, "one", true);
    compare(2, "two", true);

    assertThat(rollBack(3, "a")).contains("one");
    assertThat(rollBack(3, "b")).contains("initial");
    assertThat(rollBack(3, "c")).isEmpty();
    assertThat(champion()).isEqualTo("initial");
  }

  @Test
  void aRepeatedRequestGoesBackOnce() {
    begin("repeated");
    compare(1, "one", true);
    compare(2, "two", true);
    rollBack(3, "a");

    assertThat(rollBack(3, "a")).contains("one");
  }

  @Test
  void whatWasRolledBackIsNotGoneBackTo() {
    begin("after");
    compare(1, "one", true);
    rollBack(2, "a");
    compare(2, "two", true);

    assertThat(rollBack(3, "b")).contains("initial");
  }

  @Test
  void keepsTheWholeHistory() {
    begin("history");
    compare(1, "one", true);
    compare(2, "two", false);
    rollBack(2, "a");

    List<Change> changes =
        POSTGRES
            .database()
            .inTransaction(handle -> ChampionRepository.changes(handle, spec.name()));
    assertThat(changes)
        .extracting(change -> change.round() + " " + change.how() + " " + change.before())
        .containsExactly("0 INITIAL null", "1 PROMOTED 0", "2 ROLLED_BACK null");
    assertThat(changes.get(0).champion().predicts()).isFalse(); // it knows no class
  }

  @Test
  void theFirstVerdictOfARoundStands() {
    begin("stands");
    compare(1, "one", false);
    compare(1, "one", true);

    assertThat(champion()).isEqualTo("initial");
    assertThat(stores.gates.find(new RoundId(spec.name(), 1)))
        .map(Verdict::promoted)
        .contains(false);
  }

  @Test
  void aPromotionThatAnEarlierBuildRecordedWithTheRoundAloneCounts() {
    begin("earlier");
    HoldoutScore score = score("one");
    stores.scores.insertRound(
        new RoundRecord(
            new RoundId(spec.name(), 1), model("one"), score, model("one"), score, true));

    assertThat(champion()).isEqualTo("one");
    compare(2, "two", true);
    assertThat(rollBack(3, "a")).contains("one");
    assertThat(rollBack(3, "b")).contains("initial");
  }

  private void begin(String campaign) {
    spec = Specs.of(campaign).build();
    stores.campaign(spec, List.of("a"), List.of("h"));
    stores.models.insertInitial(spec.name(), new InitialModelResult(model("initial"), 0), "{}");
    HoldoutScore score = score("initial");
    stores.scores.insertRound(
        new RoundRecord(new RoundId(spec.name(), 0), null, null, model("initial"), score, false));
  }

  private void compare(int round, String challenger, boolean promoted) {
    score(challenger);
    stores.gates.insertIfAbsent(
        new ComparisonRequest(
            new RoundId(spec.name(), round), model(champion()), model(challenger), 3),
        new Verdict(
            promoted,
            "by a test",
            0.1,
            0.2,
            0.05,
            0.15,
            0.01,
            0.03,
            0.01,
            2000,
            7,
            1,
            1,
            List.of()));
  }

  private HoldoutScore score(String model) {
    HoldoutScore score = new HoldoutScore(0.1, 0.2);
    stores.scores.insertIfAbsent(
        new EvaluationRequest(spec.name(), model(model)),
        score,
        "{}",
        ErrorAnalysis.of(Map.of(), Map.of(), spec.classes()));
    return score;
  }

  private Optional<String> rollBack(int round, String request) {
    return stores
        .champions
        .rollBack(new RollBackRequest(new RoundId(spec.name(), round), request))
        .map(this::name);
  }

  private String champion() {
    return name(stores.champions.after(new RoundId(spec.name(), LAST)).orElseThrow());
  }

  private String name(Champion champion) {
    return List.of("initial", "one", "two").stream()
        .filter(name -> model(name).equals(champion.model()))
        .findFirst()
        .orElseThrow();
  }

  private static ModelId model(String name) {
    return new ModelId(Sha256.hex(name.getBytes(StandardCharsets.UTF_8)));
  }
}
