package dev.labelloop.activities.evaluation;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.gate.Verdict;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.evaluation.ComparisonRequest;
import dev.labelloop.evaluation.EvaluationActivities;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.GateDecision;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RollBackRequest;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.ShardResult;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Champion and challenger on a holdout of 40 images with one box each. */
class ModelComparisonTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final int HOLDOUT = 40;

  private final Stores stores = new Stores(POSTGRES.database());

  @AutoClose private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();

  private final EvaluationActivities activities = stores.evaluation(temporal);
  private CampaignSpec spec;

  @Test
  void aChallengerThatFindsFarMoreBecomesChampionAndIsTakenBack() {
    begin("better");
    predicted("initial", 5, 0);
    HoldoutScore initial = recordInitial();
    predicted("one", 30, 0);
    HoldoutScore challenger =
        activities.evaluateModel(new EvaluationRequest(spec.name(), model("one")));

    GateDecision decision = activities.compareModels(request("initial", "one"));

    assertThat(decision.promoted()).as(decision.reason()).isTrue();
    assertThat(decision.champion().model()).isEqualTo(model("one"));
    assertThat(decision.champion().score()).isEqualTo(challenger);
    assertThat(activities.rollBack(new RollBackRequest(round(2), "a")).score()).isEqualTo(initial);
    assertThat(activities.rollBack(new RollBackRequest(round(2), "b"))).isNull();
  }

  @Test
  void aCampaignThatIsStartedAgainGoesThroughTheSameChampions() {
    begin("again");
    predicted("initial", 5, 0);
    recordInitial();
    predicted("one", 30, 0);
    predicted("two", 29, 0);
    activities.evaluateModel(new EvaluationRequest(spec.name(), model("one")));
    activities.evaluateModel(new EvaluationRequest(spec.name(), model("two")));
    GateDecision first = activities.compareModels(request("initial", "one"));
    activities.rollBack(new RollBackRequest(round(2), "a"));

    GateDecision again = activities.compareModels(request("initial", "one"));

    assertThat(again).isEqualTo(first);
    assertThat(again.champion().model()).isEqualTo(model("one"));
    GateDecision next =
        activities.compareModels(new ComparisonRequest(round(2), model("one"), model("two"), 3));
    assertThat(next.promoted()).as("it meets the one that came back: " + next.reason()).isTrue();
  }

  @Test
  void theyMeetOnTheImagesThatBothCouldRead() {
    begin("both");
    predicted("initial", 20, 3); // three pictures went bad later
    recordInitial();
    predicted("one", 21, 0);
    activities.evaluateModel(new EvaluationRequest(spec.name(), model("one")));

    GateDecision decision = activities.compareModels(request("initial", "one"));

    Verdict verdict = stores.gates.find(round(1)).orElseThrow();
    assertThat(verdict.images()).isEqualTo(HOLDOUT - 3);
    assertThat(decision.promoted()).as(decision.reason()).isFalse(); // one box more is luck
    assertThat(decision.champion().model()).isEqualTo(model("initial"));
  }

  private void begin(String name) {
    spec = Specs.of(name).build();
    List<String> holdout = IntStream.range(0, HOLDOUT).mapToObj(i -> "h" + i).toList();
    TreeMap<String, List<LabelledBox>> truth = new TreeMap<>();
    holdout.forEach(image -> truth.put(image, List.of(box(1, 0))));
    stores.campaign(spec, List.of("a"), holdout, truth);
    stores.models.insertInitial(spec.name(), new InitialModelResult(model("initial"), 1), "{}");
  }

  private HoldoutScore recordInitial() {
    HoldoutScore score =
        activities.evaluateModel(new EvaluationRequest(spec.name(), model("initial")));
    activities.recordRound(new RoundRecord(round(0), null, null, model("initial"), score, false));
    return score;
  }

  /** Stores predictions in which the first {@code hits} images are right, the others empty. */
  private void predicted(String model, int hits, int unread) {
    List<Row> rows =
        IntStream.range(0, HOLDOUT - unread)
            .mapToObj(
                i -> {
                  List<Detection> boxes = i < hits ? List.of(found(1, 0, 0.9)) : List.of();
                  return new Row(image("h" + i), 0.5, boxes, new short[0]);
                })
            .toList();
    stores.predictions.insertHoldout(
        new HoldoutRef(spec.name(), model(model)),
        new ShardResult(rows.size(), hits, unread),
        rows);
  }

  private ComparisonRequest request(String champion, String challenger) {
    return new ComparisonRequest(round(1), model(champion), model(challenger), 3);
  }

  private RoundId round(int number) {
    return new RoundId(spec.name(), number);
  }

  private static ModelId model(String name) {
    return new ModelId(Sha256.hex(name.getBytes(StandardCharsets.UTF_8)));
  }
}
