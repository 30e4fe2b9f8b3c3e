package dev.labelloop.activities.evaluation.dashboard;

import static dev.labelloop.activities.Stores.box;
import static dev.labelloop.activities.Stores.found;
import static dev.labelloop.activities.Stores.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.labelloop.activities.Specs;
import dev.labelloop.activities.Stores;
import dev.labelloop.activities.evaluation.dashboard.ClassCountRepository.ClassRow;
import dev.labelloop.activities.evaluation.dashboard.LineageRepository.Ancestor;
import dev.labelloop.activities.evaluation.gate.IntervalRepository;
import dev.labelloop.activities.evaluation.gate.MapInterval;
import dev.labelloop.activities.evaluation.gate.MapIntervals;
import dev.labelloop.activities.jdbc.TestDatabase;
import dev.labelloop.activities.label.LabelRepository.PseudoLabels;
import dev.labelloop.activities.prediction.PredictionRepository.Row;
import dev.labelloop.activities.review.Answers;
import dev.labelloop.campaign.CampaignSpec;
import dev.labelloop.core.CampaignName;
import dev.labelloop.core.ModelId;
import dev.labelloop.core.RoundId;
import dev.labelloop.core.Sha256;
import dev.labelloop.core.TrainingSetId;
import dev.labelloop.evaluation.EvaluationActivities;
import dev.labelloop.evaluation.EvaluationRequest;
import dev.labelloop.evaluation.HoldoutScore;
import dev.labelloop.evaluation.RoundRecord;
import dev.labelloop.label.LabelResult;
import dev.labelloop.label.LabelledBox;
import dev.labelloop.model.InitialModelResult;
import dev.labelloop.model.TrainingRequest;
import dev.labelloop.prediction.Detection;
import dev.labelloop.prediction.HoldoutRef;
import dev.labelloop.prediction.ShardResult;
import dev.labelloop.selection.Purpose;
import io.temporal.testing.TestActivityEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Models on a holdout of one car an image, of which each finds so many. */
class ReportedModelsTest {
  @RegisterExtension static final TestDatabase POSTGRES = new TestDatabase();

  private final Stores stores = new Stores(POSTGRES.database());
  private final IntervalRepository intervals = new IntervalRepository(POSTGRES.database());
  private final MapIntervals measured =
      new MapIntervals(
          stores.campaigns, stores.images, stores.predictions, stores.labels, intervals);

  @AutoClose private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();

  private final EvaluationActivities activities = stores.evaluation(temporal);

  @Test
  void anIntervalHoldsTheScoreAndNarrowsWithTheHoldout() {
    MapInterval wide = interval("wide", 20, 10);
    MapInterval narrow = interval("narrow", 180, 90);

    for (MapInterval interval : List.of(wide, narrow)) {
      assertThat(interval.lower()).isLessThan(0.5);
      assertThat(interval.upper()).isGreaterThan(0.5);
      assertThat(interval.confidence()).isEqualTo(0.95);
    }
    assertThat(wide.images()).isEqualTo(20);
    assertThat(wide.clusters()).isEqualTo(20);
    // Of n cars half are found: recall, and so AP, of a draw has the standard error 0.5 / sqrt(n).
    assertThat(width(narrow)).isCloseTo(2 * 1.96 * 0.5 / Math.sqrt(180), within(0.03));
    assertThat(width(wide)).isGreaterThan(2.5 * width(narrow));
  }

  @Test
  void aHoldoutOfAFewImagesHasNoInterval() {
    MapInterval few = interval("few", 8, 4);

    assertThat(few.lower()).isNull();
    assertThat(few.upper()).isNull();
    assertThat(few.images()).isEqualTo(8);
  }

  @Test
  void anIntervalIsMeasuredOnce() {
    interval("once", 12, 6);
    AtomicInteger draws = new AtomicInteger();

    measured.complete(new CampaignName("once"), draws::incrementAndGet);

    assertThat(draws).hasValue(0);
    assertThat(intervals.missing(new CampaignName("once"))).isEmpty();
  }

  @Test
  void everyModelTellsWhatItWasMadeOf() {
    CampaignSpec spec = begin("lineage", 10);
    RoundId round = new RoundId(spec.name(), 1);
    score(spec, "initial", 0);
    HoldoutScore score = score(spec, "one", 5);
    train(stores, round);

    List<Ancestor> models = new LineageRepository(POSTGRES.database()).models(spec.name());

    assertThat(models).hasSize(2);
    assertThat(models.get(0).model()).isEqualTo(model("initial"));
    assertThat(models.get(0).parent()).isNull();
    assertThat(models.get(0).trainingSet()).isNull();
    assertThat(models.get(0).promoted()).isNull();
    assertThat(models.get(1).model()).isEqualTo(model("one"));
    assertThat(models.get(1).parent()).isEqualTo(model("initial"));
    assertThat(models.get(1).map()).isEqualTo(score.map());
    assertThat(models.get(1).promoted()).isNull(); // nobody has decided yet
    assertThat(models.get(1).architecture()).isEqualTo("yolox-nano");
  }

  @Test
  void countsLabelsByClassAndSourceBesideTheChampionsAp() {
    CampaignSpec spec = begin("classes", 10);
    RoundId round = new RoundId(spec.name(), 1);
    HoldoutScore score = score(spec, "initial", 5);
    activities.recordRound(
        new RoundRecord(new RoundId(spec.name(), 0), null, null, model("initial"), score, false));
    stores.ask(round, Purpose.ACTIVE, 50, "p0");
    stores.answers.put(
        round, Answers.corrected(image("p0"), box(0, 0), box(9, 1)), Optional.empty());
    stores.labels.insertIfAbsent(
        round,
        new LabelResult(2, 3, 0, 1, 1.0, true, "by a test"),
        Stores.MODEL.value(),
        List.of(
            new PseudoLabels(image("p0"), List.of(box(2, 0)), List.of()), // a person said more
            new PseudoLabels(image("p1"), List.of(box(3, 1), box(30, 1)), List.of())),
        List.of());

    List<ClassRow> rows =
        new ClassCountRepository(POSTGRES.database()).rows(spec.name(), spec.classes());

    assertThat(rows)
        .containsExactly(
            new ClassRow("car", score.map(), 10, Map.of(Source.PERSON, 1)),
            new ClassRow("bus", null, 0, Map.of(Source.PERSON, 1, Source.MODEL, 2)));
  }

  private MapInterval interval(String name, int holdout, int finds) {
    CampaignSpec spec = begin(name, holdout);
    score(spec, "initial", finds);
    measured.complete(spec.name(), () -> {});
    return intervals.all(spec.name()).get(model("initial"));
  }

  private static double width(MapInterval interval) {
    return interval.upper() - interval.lower();
  }

  private CampaignSpec begin(String name, int holdout) {
    CampaignSpec spec = Specs.of(name).build();
    Map<String, List<LabelledBox>> truth = new TreeMap<>();
    IntStream.range(0, holdout).forEach(i -> truth.put("h" + i, List.of(box(0, 0))));
    stores.campaign(spec, List.of("p0", "p1"), List.copyOf(truth.keySet()), truth);
    stores.models.insertInitial(spec.name(), new InitialModelResult(model("initial"), 2), "{}");
    return spec;
  }

  private HoldoutScore score(CampaignSpec spec, String model, int finds) {
    int holdout = stores.images.holdout(spec.name()).size();
    List<Row> rows =
        IntStream.range(0, holdout)
            .mapToObj(
                i -> {
                  List<Detection> found = i < finds ? List.of(found(0, 0, 0.9)) : List.of();
                  return new Row(image("h" + i), 0.5, found, new short[0]);
                })
            .toList();
    stores.predictions.insertHoldout(
        new HoldoutRef(spec.name(), model(model)), new ShardResult(holdout, finds, 0), rows);
    return activities.evaluateModel(new EvaluationRequest(spec.name(), model(model)));
  }

  private static void train(Stores stores, RoundId round) {
    int attempt = stores.models.beginAttempt(round);
    stores.models.insertChallenger(
        new TrainingRequest(round, model("initial"), new TrainingSetId(Sha256.hex(new byte[] {7}))),
        attempt,
        model("one"),
        "{\"architecture\": \"yolox-nano\"}");
  }

  private static ModelId model(String name) {
    return new ModelId(Sha256.hex(name.getBytes(StandardCharsets.UTF_8)));
  }
}
