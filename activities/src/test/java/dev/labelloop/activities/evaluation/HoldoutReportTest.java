package dev.labelloop.activities.evaluation;

import static dev.labelloop.activities.Stores.MODEL;
import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.HoldoutReport.Named;
import dev.labelloop.activities.evaluation.HoldoutReport.Pair;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.ShardResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HoldoutReportTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private static final List<String> HOLDOUT =
      IntStream.range(0, 10).mapToObj(i -> "h" + i).toList();

  private final Stores stores = new Stores(POSTGRES.database());

  @Test
  void namesWhatLooksAlikeByItsFiles() {
    CampaignSpec spec = Specs.of("alike").build();
    stores.campaign(spec, List.of("a", "b"), HOLDOUT, Map.of(), Map.of("a", "h3"));

    HoldoutReport report = report(spec);

    assertThat(report.alike()).isEqualTo(1);
    assertThat(report.keptOut()).isEqualTo(1);
    assertThat(report.pairs()).containsExactly(new Pair("a", "h3", 3, null, true));
    assertThat(report.audit()).as("no model was measured").isNull();
  }

  @Test
  void listsLabelsThatTheChampionContradictsAndLeavesThemAsTheyAre() {
    // A car everywhere, found everywhere, but on h4 it is labelled a bus; and on h5 a second one
    // has no label.
    CampaignSpec spec = Specs.of("audited").build();
    Map<String, List<LabelledBox>> truth = new TreeMap<>();
    List<Row> rows = new ArrayList<>();
    for (String name : HOLDOUT) {
      truth.put(name, List.of(box(0, name.equals("h4") ? 1 : 0)));
      List<Detection> found = new ArrayList<>(List.of(found(0, 0, 0.9)));
      if (name.equals("h5")) {
        found.add(found(50, 0, 0.9));
      }
      rows.add(new Row(image(name), 0.1, found, new short[0]));
    }
    stores.campaign(spec, List.of("a"), HOLDOUT, truth);
    initial(spec, MODEL, 2, rows);
    var before = POSTGRES.rows();

    HoldoutReport.Audit audit = report(spec).audit();

    assertThat(audit).isNotNull();
    assertThat(audit.model()).isEqualTo(MODEL);
    assertThat(audit.found()).isEqualTo(2);
    assertThat(audit.boxes())
        .anySatisfy(
            box -> {
              assertThat(box.file()).isEqualTo("h4");
              assertThat(box.kind()).isEqualTo("swapped");
              assertThat(box.label()).isEqualTo(new Named("bus", box(0, 1).box()));
              assertThat(box.instead()).isEqualTo(new Named("car", box(0, 0).box()));
            })
        .anySatisfy(
            box -> {
              assertThat(box.file()).isEqualTo("h5");
              assertThat(box.kind()).isEqualTo("overlooked");
              assertThat(box.label()).isNull();
              assertThat(box.instead()).isEqualTo(new Named("car", box(50, 0).box()));
            });
    assertThat(POSTGRES.rows()).as("nothing is changed").isEqualTo(before);
  }

  @Test
  void doesNotHearAnInitialModelThatKnowsNoClass() {
    // The car of h4 is labelled a bus. Fused with a model that sees nothing, the champion would be
    // half as sure, 0.45.
    CampaignSpec spec = Specs.of("random").build();
    Map<String, List<LabelledBox>> truth = new TreeMap<>();
    List<Row> nothing = new ArrayList<>();
    List<Row> cars = new ArrayList<>();
    for (String name : HOLDOUT) {
      truth.put(name, List.of(box(0, name.equals("h4") ? 1 : 0)));
      nothing.add(new Row(image(name), 1, List.of(), new short[0]));
      cars.add(new Row(image(name), 0.1, List.of(found(0, 0, 0.9)), new short[0]));
    }
    stores.campaign(spec, List.of("a"), HOLDOUT, truth);
    ModelId random = new ModelId(Sha256.hex("random".getBytes(UTF_8)));
    initial(spec, random, 0, nothing);
    HoldoutScore score = measured(spec, MODEL, cars);
    stores.scores.insertRound(
        new RoundRecord(new RoundId(spec.name(), 1), MODEL, score, MODEL, score, true));
    stores.champions.after(new RoundId(spec.name(), 1)); // takes the promotion over

    HoldoutReport.Audit audit = report(spec).audit();

    assertThat(audit).isNotNull();
    assertThat(audit.boxes())
        .singleElement()
        .satisfies(box -> assertThat(box.confidence()).isCloseTo(0.9, within(1e-6)));
  }

  private HoldoutReport report(CampaignSpec spec) {
    return stores.reports.report(spec, stores.images.summary(spec.name()).orElseThrow()).holdout();
  }

  private void initial(CampaignSpec spec, ModelId model, int knownClasses, List<Row> rows) {
    stores.models.insertInitial(spec.name(), new InitialModelResult(model, knownClasses), "{}");
    HoldoutScore score = measured(spec, model, rows);
    stores.scores.insertRound(
        new RoundRecord(new RoundId(spec.name(), 0), null, null, model, score, false));
  }

  private HoldoutScore measured(CampaignSpec spec, ModelId model, List<Row> rows) {
    stores.predictions.insertHoldout(
        new HoldoutRef(spec.name(), model), new ShardResult(rows.size(), 0, 0), rows);
    HoldoutScore score = new HoldoutScore(0.1, 0.2);
    stores.scores.insertIfAbsent(
        new EvaluationRequest(spec.name(), model),
        score,
        "{}",
        ErrorAnalysis.of(Map.of(), Map.of(), spec.classes()));
    return score;
  }
}
