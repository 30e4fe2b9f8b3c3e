package dev.labelloop.activities.evaluation;

import static dev.labelloop.activities.Stores.MODEL;
import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.HoldoutReport.Named;
import dev.labelloop.activities.evaluation.HoldoutReport.Pair;
import dev.labelloop.activities.evaluation.errors.ErrorAnalysis;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.RoundId;
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
    champion(spec, rows);
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

  private HoldoutReport report(CampaignSpec spec) {
    return stores.reports.report(spec, stores.images.summary(spec.name()).orElseThrow()).holdout();
  }

  private void champion(CampaignSpec spec, List<Row> rows) {
    stores.models.insertInitial(spec.name(), new InitialModelResult(MODEL, 2), "{}");
    stores.predictions.insertHoldout(
        new HoldoutRef(spec.name(), MODEL), new ShardResult(rows.size(), 0, 0), rows);
    HoldoutScore score = new HoldoutScore(0.1, 0.2);
    stores.scores.insertIfAbsent(
        new EvaluationRequest(spec.name(), MODEL),
        score,
        "{}",
        ErrorAnalysis.of(Map.of(), Map.of(), spec.classes()));
    stores.scores.insertRound(
        new RoundRecord(new RoundId(spec.name(), 0), null, null, MODEL, score, false));
  }
}
