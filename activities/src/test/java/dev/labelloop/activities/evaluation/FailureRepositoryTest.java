package dev.labelloop.activities.evaluation;

import static dev.labelloop.activities.Stores.MODEL;
import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.CampaignReport.Failures;
import dev.labelloop.activities.evaluation.CampaignReport.Worst;
import dev.labelloop.activities.evaluation.errors.ErrorType;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.prediction.PredictionRepository;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.RoundId;
import dev.labelloop.evaluation.EvaluationActivities;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.ShardResult;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FailureRepositoryTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());

  @AutoClose private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();

  private final EvaluationActivities activities = stores.evaluation(temporal);

  @Test
  void storesWhyAModelFailsWithItsScoreOnce() {
    CampaignSpec spec = Specs.of("fails").images(Path.of("/pictures")).build();
    EvaluationRequest request = measurable(spec);

    HoldoutScore score = activities.evaluateModel(request);
    assertThat(activities.evaluateModel(request)).isEqualTo(score);
    activities.recordRound(
        new RoundRecord(new RoundId(spec.name(), 0), null, null, MODEL, score, false));

    Failures failures = report(spec).failures();
    assertThat(failures).isNotNull();
    assertThat(failures.model()).isEqualTo(MODEL);
    assertThat(failures.analysis().images()).isEqualTo(2);
    assertThat(failures.analysis().errorTypes().all().ap50()).isEqualTo(score.ap50());
    assertThat(failures.analysis().errorTypes().counts()).containsEntry(ErrorType.CLASS, 1);
    assertThat(failures.worst())
        .singleElement()
        .satisfies(
            worst -> {
              assertThat(worst.picture().image()).isEqualTo(image("h"));
              assertThat(worst.file()).isEqualTo(Path.of("/pictures/h"));
              assertThat(worst.width()).isEqualTo(100);
            });
  }

  @Test
  void aPictureThatWentBadIsNotShown() {
    CampaignSpec spec = Specs.of("went-bad").build();
    HoldoutScore score = activities.evaluateModel(measurable(spec));
    activities.recordRound(
        new RoundRecord(new RoundId(spec.name(), 0), null, null, MODEL, score, false));
    stores.images.quarantine(spec.name(), "h", "it crashes");

    Failures failures = report(spec).failures();

    assertThat(failures).isNotNull();
    assertThat(failures.analysis().worst()).hasSize(1);
    assertThat(failures.worst()).extracting(Worst::file).isEmpty();
  }

  @Test
  void aScoreIsNeverStoredWithoutItsAnalysis() {
    CampaignSpec spec = Specs.of("both").build();
    EvaluationRequest request = measurable(spec);
    POSTGRES.database().useTransaction(h -> h.execute("alter table error_analysis rename to away"));
    try {
      assertThatThrownBy(() -> activities.evaluateModel(request))
          .hasStackTraceContaining("error_analysis");
      assertThat(stores.scores.find(spec.name(), MODEL)).isEmpty();
    } finally {
      POSTGRES
          .database()
          .useTransaction(h -> h.execute("alter table away rename to error_analysis"));
    }
    activities.evaluateModel(request);
    assertThat(stores.scores.find(spec.name(), MODEL)).isPresent();
  }

  /** A holdout of two pictures; in h the bus is called a car. */
  private EvaluationRequest measurable(CampaignSpec spec) {
    Map<String, List<LabelledBox>> truth =
        Map.of("h", List.of(box(0, 0), box(20, 1)), "i", List.of(box(0, 0)));
    stores.campaign(spec, List.of("a"), List.of("h", "i"), truth);
    stores.models.insertInitial(spec.name(), new InitialModelResult(MODEL, 2), "{}");
    stores.predictions.insertHoldout(
        new HoldoutRef(spec.name(), MODEL),
        new ShardResult(2, 3, 0),
        List.of(row("h", found(0, 0, 0.9), found(20, 0, 0.8)), row("i", found(0, 0, 0.9))));
    return new EvaluationRequest(spec.name(), MODEL);
  }

  private static PredictionRepository.Row row(String name, Detection... found) {
    return new PredictionRepository.Row(image(name), 0.1, List.of(found), new short[0]);
  }

  private CampaignReport report(CampaignSpec spec) {
    return stores.reports.report(spec, stores.images.summary(spec.name()).orElseThrow());
  }
}
